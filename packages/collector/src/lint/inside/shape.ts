/** By what a configuration of the Collector is recognised, wherever it stands. */
import { COMPONENT_KINDS } from '../../ids/renamed.ts';
import { UNKNOWN } from '../variables.ts';
import type { YamlNode } from '../yaml-node.ts';

/** The keys of a configuration. */
export const SECTIONS: ReadonlySet<string> = new Set([...COMPONENT_KINDS, 'service']);

/** What `service` of a Collector holds; a `service` of Kubernetes or of a chart holds other keys. */
const SERVICE_KEYS = ['pipelines', 'telemetry', 'extensions'];

/** A key that is a section, in a text that may be broken YAML or JSON. */
const SECTION_KEY =
  /(?:^|[{,])[ \t]*["']?(?:receivers|processors|exporters|connectors|extensions|service)["']?[ \t]*:/m;

/** Comments, blank lines and the beginning of a document. */
const BEFORE_FIRST_KEY = /^(?:[ \t]*(?:#[^\n]*|---[ \t]*)?\r?\n)+/;

/** A map that nothing but a Collector reads: it has pipelines, or receivers and exporters. */
export function isConfiguration(node: YamlNode): boolean {
  const { entries } = node;
  if (entries === undefined || isOfJaeger(node)) return false;
  if (entries.get('service')?.entries?.get('pipelines')?.entries !== undefined) return true;
  const [receivers, exporters] = [entries.get('receivers'), entries.get('exporters')];
  return isSection(receivers) && isSection(exporters);
}

/** Jaeger is made of the same parts and has more of its own, which have rules of their own. */
function isOfJaeger({ entries }: YamlNode): boolean {
  return entries?.get('extensions')?.entries?.has('jaeger_storage') === true;
}

/** A map of sections alone, which may leave some of them out: values of a chart, or a part that is joined with others. */
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

/** Whether a text names a section of a Collector anywhere. */
export function namesSection(text: string): boolean {
  return SECTION_KEY.test(text);
}

/** Whether a text begins with a section of a Collector, however it goes on. */
export function beginsWithSection(text: string): boolean {
  return SECTION_KEY.test(text.replace(BEFORE_FIRST_KEY, '').split('\n', 1)[0] ?? '');
}

/** A map of components. A list is another program's: Alertmanager has `receivers` too. */
export function isSection(node: YamlNode | undefined): boolean {
  return (
    node !== undefined &&
    (node.entries !== undefined || node.value === UNKNOWN || node.value === null)
  );
}
