/** A Collector's configuration as the rules see it: its components, its pipelines, and who uses what. */
import { COMPONENT_KINDS, type ComponentKind, newestType, typeOf } from '../ids/renamed.ts';
import type { Cursor } from './cursor.ts';
import { isPipelineOfChart } from './inside/chart.ts';
import { UNKNOWN } from './variables.ts';

/** A component as it is defined. */
export interface Component {
  readonly kind: ComponentKind;
  readonly id: string;
  /** The newest name of its type. */
  readonly type: string;
  readonly settings: Cursor;
}

/** The name of a component in a list of a pipeline. */
export interface Reference {
  readonly id: string;
  /** The newest name of its type; of a connector too. */
  readonly type: string;
  readonly at: Cursor;
}

/** What a pipeline names. */
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
  /** Whether a chart of Helm puts its own configuration below this one: what is missing may come from there. */
  readonly isMerged: boolean;
  /** Whether pipelines, or lists of them, stand elsewhere: what seems to be used by none may be used there. */
  readonly hasUnknownPipelines: boolean;
  readonly components: readonly Component[];
  readonly pipelines: readonly Pipeline[];
  /** `service.extensions`. */
  readonly extensions: readonly Reference[];
}

/** Looks at a file from its root. What has another shape than it should is as if it were not there. */
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
    // In values `null` takes away what the chart has.
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

function componentsOf(root: Cursor, kind: ComponentKind): Component[] {
  return root
    .at(kind)
    .entries()
    .map(([id, settings]) => ({ kind, id, settings, type: newestType(kind, typeOf(id)) }));
}

function isConnector({ kind }: Component): boolean {
  return kind === 'connectors';
}

/** The exporters that pipelines use; one that nobody uses loses nothing. */
function usedExporters({ components, pipelines }: ConfigView): Component[] {
  const used = new Set(pipelines.flatMap(({ exporters }) => exporters.map(({ id }) => id)));
  return components.filter(({ kind, id }) => kind === 'exporters' && used.has(id));
}

/** Exporters that do not send: to the log, to a file, to nowhere, or to whoever comes and asks. */
const KEPT_IN_PLACE: readonly string[] = ['debug', 'file', 'logging', 'nop', 'prometheus'];

/** The exporters in use through which data leave the host. */
export function sendingExporters(config: ConfigView): Component[] {
  return usedExporters(config).filter(({ type }) => !KEPT_IN_PLACE.includes(type));
}

/** Whether a list of a pipeline is known elsewhere: to a variable, or to the chart that the configuration is put over. */
export function isListElsewhere(
  { isMerged }: ConfigView,
  { id, at }: Pipeline,
  list: 'receivers' | 'processors' | 'exporters',
): boolean {
  const cursor = at.at(list);
  return cursor.value() === UNKNOWN || (isMerged && isPipelineOfChart(id) && !cursor.exists());
}

/** Whether data of this pipeline leave the host without passing another one. */
export function leavesHost(config: ConfigView, pipeline: Pipeline): boolean {
  const sending = new Set(sendingExporters(config).map(({ id }) => id));
  return pipeline.exporters.some(({ id }) => sending.has(id));
}

/** The pipelines that feed this one through a connector. */
function upstreamOf({ components, pipelines }: ConfigView, pipeline: Pipeline): Pipeline[] {
  const connectors = new Set(components.filter(isConnector).map(({ id }) => id));
  const feeding = new Set(
    pipeline.receivers.map(({ id }) => id).filter((id) => connectors.has(id)),
  );
  return pipelines.filter(({ exporters }) => exporters.some(({ id }) => feeding.has(id)));
}

/** The receivers, connectors left out, that this pipeline hears in the end. */
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

/** The receivers of a pipeline that are no connectors. */
export function ownReceivers({ components }: ConfigView, pipeline: Pipeline): Reference[] {
  const connectors = new Set(components.filter(isConnector).map(({ id }) => id));
  return pipeline.receivers.filter(({ id }) => !connectors.has(id));
}

/** Whether a processor of one of these types stands in the pipeline or anywhere before it. */
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

/** Whether every way to this pipeline leads through a processor of one of these types. */
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
