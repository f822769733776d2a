/** A Collector configuration as rules read it: components, pipelines, and the uses of each. */
import { COMPONENT_KINDS, type ComponentKind, newestType, typeOf } from '../ids/renamed.ts';
import type { Cursor } from './cursor.ts';
import { isPipelineOfChart } from './inside/chart.ts';
import { UNKNOWN } from './variables.ts';

/** The definition of a component. */
export interface Component {
  readonly kind: ComponentKind;
  readonly id: string;
  /** The newest name of its type. */
  readonly type: string;
  readonly settings: Cursor;
}

/** A reference to a component in a pipeline. */
export interface Reference {
  readonly id: string;
  /** The newest name of its type, also for connectors. */
  readonly type: string;
  readonly at: Cursor;
}

/** A pipeline with its references. */
export interface Pipeline {
  readonly id: string;
  /** `traces`, `metrics`, `logs` or `profiles`. */
  readonly signal: string;
  readonly at: Cursor;
  readonly receivers: readonly Reference[];
  readonly processors: readonly Reference[];
  readonly exporters: readonly Reference[];
}

/** The whole configuration. */
export interface ConfigView {
  readonly root: Cursor;
  /** Whether a Helm chart merges its own configuration with this one, so that missing parts may come from there. */
  readonly isMerged: boolean;
  /** Whether pipelines or parts of them are defined elsewhere, so that apparently unused components may be used there. */
  readonly hasUnknownPipelines: boolean;
  readonly components: readonly Component[];
  readonly pipelines: readonly Pipeline[];
  /** `service.extensions`. */
  readonly extensions: readonly Reference[];
}

/** Reads a file from its root. Values of the wrong shape are ignored. */
export function configView(root: Cursor, isMerged = false): ConfigView {
  const components = COMPONENT_KINDS.flatMap((kind) => componentsOf(root, kind));
  const connectors = new Set(components.filter(isConnector).map(({ id }) => id));
  const references = (list: Cursor, kind: ComponentKind): Reference[] =>
    list.items().map((at) => {
      const id = at.text() ?? '';
      return { id, at, type: newestType(connectors.has(id) ? 'connectors' : kind, typeOf(id)) };
    });
  const pipelines = root
    .at('service', 'pipelines')
    .entries()
    // In Helm values, `null` removes a setting of the chart.
    .filter(([, at]) => !isMerged || at.isSet())
    .map(([id, at]) => ({
      id,
      at,
      signal: typeOf(id),
      receivers: references(at.at('receivers'), 'receivers'),
      processors: references(at.at('processors'), 'processors'),
      exporters: references(at.at('exporters'), 'exporters'),
    }));
  const extensions = references(root.at('service', 'extensions'), 'extensions');
  const hasUnknownPipelines =
    root.at('service').value() === UNKNOWN ||
    root.at('service', 'pipelines').value() === UNKNOWN ||
    pipelines.some(({ at }) => at.entries().some(([, list]) => list.value() === UNKNOWN));
  return { root, isMerged, hasUnknownPipelines, components, pipelines, extensions };
}

/** Exporters that do not send: log, file, none, or a scrape endpoint. */
const KEPT_IN_PLACE: readonly string[] = ['debug', 'file', 'logging', 'nop', 'prometheus'];

/** Whether a list of a pipeline is defined elsewhere: in a variable, or in the chart. */
export function isListElsewhere(
  { isMerged }: ConfigView,
  { id, at }: Pipeline,
  list: 'receivers' | 'processors' | 'exporters',
): boolean {
  const cursor = at.at(list);
  return cursor.value() === UNKNOWN || (isMerged && isPipelineOfChart(id) && !cursor.exists());
}

/** Whether this pipeline itself sends data off the host. */
export function leavesHost(config: ConfigView, pipeline: Pipeline): boolean {
  const sending = new Set(sendingExporters(config).map(({ id }) => id));
  return pipeline.exporters.some(({ id }) => sending.has(id));
}

/** The receivers that feed this pipeline, directly or through connectors. */
export function sourcesOf(config: ConfigView, pipeline: Pipeline): Set<string> {
  const seen = new Set<Pipeline>();
  const sources = new Set<string>();
  const visit = (one: Pipeline): void => {
    if (seen.has(one)) return;
    seen.add(one);
    for (const { id } of ownReceivers(config, one)) sources.add(id);
    upstreamOf(config, one).forEach(visit);
  };
  visit(pipeline);
  return sources;
}

/** Whether the pipeline or one before it has a processor of one of these types. */
export function passes(
  config: ConfigView,
  pipeline: Pipeline,
  types: readonly string[],
  seen: ReadonlySet<Pipeline> = new Set(),
): boolean {
  if (seen.has(pipeline)) return false;
  if (pipeline.processors.some(({ type }) => types.includes(type))) return true;
  const visited = new Set([...seen, pipeline]);
  return upstreamOf(config, pipeline).some((one) => passes(config, one, types, visited));
}

/** Whether every path to this pipeline has a processor of one of these types. */
export function passesAlways(
  config: ConfigView,
  pipeline: Pipeline,
  types: readonly string[],
  seen: ReadonlySet<Pipeline> = new Set(),
): boolean {
  if (seen.has(pipeline)) return true;
  if (pipeline.processors.some(({ type }) => types.includes(type))) return true;
  if (ownReceivers(config, pipeline).length > 0) return false;
  const visited = new Set([...seen, pipeline]);
  return upstreamOf(config, pipeline).every((one) => passesAlways(config, one, types, visited));
}

/** The exporters in use that send data off the host. */
export function sendingExporters(config: ConfigView): Component[] {
  return usedExporters(config).filter(({ type }) => !KEPT_IN_PLACE.includes(type));
}

/** The receivers of a pipeline that are not connectors. */
export function ownReceivers({ components }: ConfigView, pipeline: Pipeline): Reference[] {
  const connectors = new Set(components.filter(isConnector).map(({ id }) => id));
  return pipeline.receivers.filter(({ id }) => !connectors.has(id));
}

function componentsOf(root: Cursor, kind: ComponentKind): Component[] {
  return root
    .at(kind)
    .entries()
    .map(([id, settings]) => ({ kind, id, settings, type: newestType(kind, typeOf(id)) }));
}

function isConnector({ kind }: Component): boolean {
  return kind === 'connectors';
}

/** The pipelines that feed this one through a connector. */
function upstreamOf({ components, pipelines }: ConfigView, pipeline: Pipeline): Pipeline[] {
  const connectors = new Set(components.filter(isConnector).map(({ id }) => id));
  const feeding = new Set(
    pipeline.receivers.map(({ id }) => id).filter((id) => connectors.has(id)),
  );
  return pipelines.filter(({ exporters }) => exporters.some(({ id }) => feeding.has(id)));
}

/** The exporters that pipelines use. Unused ones cannot lose data. */
function usedExporters({ components, pipelines }: ConfigView): Component[] {
  const used = new Set(pipelines.flatMap(({ exporters }) => exporters.map(({ id }) => id)));
  return components.filter(({ kind, id }) => kind === 'exporters' && used.has(id));
}
