/** Values of the chart `opentelemetry-kube-stack`, in which all collectors share `defaultCRConfig`. */
import type { YamlNode } from '../yaml-node.ts';

const DEFAULTS = 'defaultCRConfig';

/** Merges the shared configuration into each collector. Other values are unchanged. */
export function withDefaults(values: YamlNode): YamlNode {
  const shared = values.entries?.get(DEFAULTS)?.entries?.get('config');
  const collectors = values.entries?.get('collectors');
  if (shared?.entries === undefined || !collectors?.entries?.size) return values;
  const merged = new Map(
    [...collectors.entries].map(([name, collector]) => [name, withConfig(collector, shared)]),
  );
  const entries = new Map(values.entries);
  entries.delete(DEFAULTS);
  entries.set('collectors', { ...collectors, entries: merged });
  return { ...values, entries };
}

function withConfig(collector: YamlNode, shared: YamlNode): YamlNode {
  const config = collector.entries?.get('config');
  const own = config === undefined ? { ...shared, line: collector.line } : merge(shared, config);
  return { ...collector, entries: new Map([...(collector.entries ?? []), ['config', own]]) };
}

/** Merges like Helm: maps by key, otherwise the second value wins. */
function merge(below: YamlNode, above: YamlNode): YamlNode {
  if (below.entries === undefined || above.entries === undefined) return above;
  const entries = new Map(below.entries);
  for (const [key, node] of above.entries) {
    const under = entries.get(key);
    entries.set(key, under === undefined ? node : merge(under, node));
  }
  return { ...above, entries };
}
