/** Recognizes a Collector configuration anywhere. */
import { COMPONENT_KINDS } from '../../ids/renamed.ts';
import { UNKNOWN } from '../variables.ts';
import type { YamlNode } from '../yaml-node.ts';

/** The keys of a configuration. */
export const SECTIONS: ReadonlySet<string> = new Set([...COMPONENT_KINDS, 'service']);

/** Keys of `service` of a Collector. A `service` of Kubernetes or of a chart has other keys. */
const SERVICE_KEYS = ['pipelines', 'telemetry', 'extensions'];

/** A key of a section in a text, which may be invalid YAML or JSON. */
const SECTION_KEY =
  /(?:^|[{,])[ \t]*["']?(?:receivers|processors|exporters|connectors|extensions|service)["']?[ \t]*:/m;

/** Comments, blank lines and the start of a document. */
const BEFORE_FIRST_KEY = /^(?:[ \t]*(?:#[^\n]*|---[ \t]*)?\r?\n)+/;

/** Whether a map is a Collector configuration: it has pipelines, or receivers and exporters. */
export function isConfiguration(node: YamlNode): boolean {
  const { entries } = node;
  if (entries === undefined || isOfJaeger(node)) return false;
  if (entries.get('service')?.entries?.get('pipelines')?.entries !== undefined) return true;
  const [receivers, exporters] = [entries.get('receivers'), entries.get('exporters')];
  return isSection(receivers) && isSection(exporters);
}

/** Whether a map has only sections, possibly not all: Helm values, or a part to be merged. */
export function isPartOfConfiguration(node: YamlNode): boolean {
  const { entries } = node;
  if (entries === undefined || entries.size === 0 || isOfJaeger(node)) return false;
  const keys = [...entries.keys()];
  if (!keys.every((key) => SECTIONS.has(key))) return false;
  const service = entries.get('service')?.entries;
  return (
    COMPONENT_KINDS.some((kind) => isSection(entries.get(kind))) ||
    SERVICE_KEYS.some((key) => service?.has(key))
  );
}

/** Whether a text contains a section of a Collector anywhere. */
export function namesSection(text: string): boolean {
  return SECTION_KEY.test(text);
}

/** Whether a text starts with a section of a Collector. */
export function beginsWithSection(text: string): boolean {
  return SECTION_KEY.test(text.replace(BEFORE_FIRST_KEY, '').split('\n', 1)[0] ?? '');
}

/** Whether a value is a map of components. Lists belong to other programs: Alertmanager also has `receivers`. */
export function isSection(node: YamlNode | undefined): boolean {
  return (
    node !== undefined &&
    (node.entries !== undefined || node.value === UNKNOWN || node.value === null)
  );
}

/** Whether a configuration is one of Jaeger, which is based on the Collector and has its own rules. */
function isOfJaeger({ entries }: YamlNode): boolean {
  return entries?.get('extensions')?.entries?.has('jaeger_storage') === true;
}
