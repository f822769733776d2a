/** Writes a configuration as YAML. */
import { Document, isMap, isScalar, isSeq, type Pair } from 'yaml';
import { reasonsOf } from './explain.ts';
import type { CollectorConfig } from './model/config.ts';

/**
 * The configuration as YAML, deterministic: blank lines between sections and components, reasons as comments, no anchors.
 * `heading` becomes the comment at the top.
 *
 * @example
 * ```ts
 * import { profile, toYaml } from '@moneytrail/collector';
 * console.log(toYaml(profile('dev')).includes('otlp_http/jaeger:')); // true
 * ```
 */
export function toYaml(config: CollectorConfig, heading = ''): string {
  const document = new Document(config, { aliasDuplicateObjects: false });
  explainNode(document.contents, config);
  spread(document.contents, 2);
  if (heading !== '') document.commentBefore = comment(heading);
  return document.toString({ lineWidth: 0, flowCollectionPadding: false, nullStr: '' });
}

function explainNode(node: unknown, value: unknown): void {
  if (isSeq(node) && Array.isArray(value)) {
    for (const [index, item] of node.items.entries()) explainNode(item, value[index]);
  } else if (isMap(node) && typeof value === 'object' && value !== null) {
    const reasons = reasonsOf(value);
    for (const pair of node.items) explainPair(pair, value, reasons);
  }
}

function explainPair(
  pair: Pair,
  settings: object,
  reasons: Readonly<Record<string, string>>,
): void {
  if (!isScalar(pair.key)) return;
  const key = String(pair.key.value);
  const reason = reasons[key];
  if (reason !== undefined) pair.key.commentBefore = comment(reason);
  explainNode(pair.value, Reflect.get(settings, key));
}

function comment(text: string): string {
  return text.replaceAll(/^/gm, ' ');
}

/** Adds blank lines between the members of the outer `levels`. */
function spread(node: unknown, levels: number): void {
  if (!isMap(node) || levels === 0) return;
  for (const [index, pair] of node.items.entries()) {
    if (index > 0 && isScalar(pair.key)) pair.key.spaceBefore = true;
    spread(pair.value, levels - 1);
  }
}
