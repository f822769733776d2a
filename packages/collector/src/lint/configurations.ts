/** Reads the Collector configurations in a text. */
import { COMPONENT_KINDS } from '../ids/renamed.ts';
import {
  firstDocument,
  parseText,
  type ReadDocument,
  type TextFault,
  templateFault,
  thrownFault,
} from './document.ts';
import type { Place } from './inside/place.ts';
import { configurationsInside, type Inside } from './inside/search.ts';
import { isConfiguration, isSection, SECTIONS } from './inside/shape.ts';
import { TEXT_RULES } from './rules/text.ts';
import type { Variables } from './variables.ts';
import type { YamlNode } from './yaml-node.ts';

/** A configuration, or the fault that prevents reading it. */
export interface Configuration extends ReadDocument {
  /** Its place in the file. Absent if the file is the configuration. */
  readonly place?: Place;
}

const LOOKED_FOR =
  'no `receivers`, `exporters` and `service` at the top level or in a value: searched the data of ConfigMaps and Secrets, `spec.config` of an OpenTelemetryCollector, `config` of Helm values, `content` of a Compose file, and all other maps and strings';

/** Reads a text as a configuration, or finds the configurations inside it. Never throws. */
export function configurationsOf(text: string, variables: Variables): Configuration[] {
  try {
    return wholeOrInside(text, variables);
  } catch (error) {
    return [{ faults: [thrownFault(error)] }];
  }
}

function wholeOrInside(text: string, variables: Variables): Configuration[] {
  const parsed = parseText(text, variables);
  const whole = firstDocument(parsed);
  const root = parsed.documents[0]?.node;
  if (root === undefined || isWhole(root)) return [whole];
  const inside = configurationsInside(text, parsed, variables);
  const read = inside.filter(({ place }) => place.unread === undefined);
  if (read.length > 0)
    return read.map(({ place, parsed: inner, above, line }) => ({
      ...firstDocument(inner, above, line),
      place,
    }));
  if (whole.root === undefined || hasSection(root)) return [whole];
  return [{ faults: [notFound(text, inside)] }];
}

/** Whether a map is a configuration: it has no foreign keys, or all keys of a configuration. */
function isWhole(root: YamlNode): boolean {
  const keys = [...(root.entries?.keys() ?? [])];
  const hasSectionsAlone = root.entries !== undefined && keys.every((key) => SECTIONS.has(key));
  return hasSectionsAlone || isConfiguration(root);
}

/** Whether a map is meant as a configuration, although it has other keys. */
function hasSection({ entries }: YamlNode): boolean {
  return COMPONENT_KINDS.some((kind) => isSection(entries?.get(kind)));
}

function notFound(text: string, inside: readonly Inside[]): TextFault {
  const unread = inside[0]?.place;
  if (unread === undefined)
    return templateFault(text) ?? { rule: TEXT_RULES.notFound, line: 1, message: LOOKED_FOR };
  const message = `\`${unread.where}\` is not in effect: ${unread.unread}`;
  return { rule: TEXT_RULES.notFound, line: unread.line, message };
}
