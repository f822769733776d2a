import type { CollectorConfig } from '@moneytrail/collector';

interface Line {
  receivers: string[];
  processors?: string[] | undefined;
  exporters: string[];
}
type Section = 'extensions' | 'receivers' | 'processors' | 'connectors' | 'exporters';

/** An untyped configuration, because removing parts can result in a structure that no profile has. */
export interface LooseConfig extends Record<Section, Record<string, unknown>> {
  service: { extensions: string[]; telemetry: unknown; pipelines: Record<string, Line> };
}

/** A mutable copy. */
export function loosened(config: CollectorConfig): LooseConfig {
  return JSON.parse(JSON.stringify(config));
}

/** The configuration without these components, and without parts that become unreachable. An unknown name is an error. */
export function without(config: LooseConfig, ...ids: readonly string[]): LooseConfig {
  const rest = structuredClone(config);
  for (const id of ids) takeOut(rest, id);
  dropDeadEnds(rest);
  return rest;
}

function takeOut(config: LooseConfig, id: string): void {
  const sections: Section[] = ['extensions', 'receivers', 'processors', 'connectors', 'exporters'];
  const section = sections.find((one) => Object.hasOwn(config[one], id));
  if (section === undefined) throw new Error(`The profile has no ${id}: mend the variants`);
  delete config[section][id];
  const { service } = config;
  service.extensions = service.extensions.filter((one) => one !== id);
  for (const line of Object.values(service.pipelines)) {
    line.receivers = line.receivers.filter((one) => one !== id);
    line.processors = line.processors?.filter((one) => one !== id);
    line.exporters = line.exporters.filter((one) => one !== id);
  }
}

/** Pipelines without a receiver or an exporter, connectors with only one side, and unused processors. */
function dropDeadEnds(config: LooseConfig): void {
  const { pipelines } = config.service;
  for (const [name, { receivers, exporters }] of Object.entries(pipelines)) {
    if (receivers.length === 0 || exporters.length === 0) delete pipelines[name];
  }
  const lines = Object.values(pipelines);
  const dead = Object.keys(config.connectors).find((id) => {
    const fed = lines.some(({ exporters }) => exporters.includes(id));
    return !fed || !lines.some(({ receivers }) => receivers.includes(id));
  });
  if (dead === undefined) return;
  takeOut(config, dead);
  dropDeadEnds(config);
}
