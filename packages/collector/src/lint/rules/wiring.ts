/** Rules about the names and uses of components. */
import { RENAMED_COMPONENTS, typeOf } from '../../ids/renamed.ts';
import { isSince } from '../../ids/version.ts';
import { type Component, type ConfigView, isListElsewhere } from '../config-view.ts';
import type { Cursor } from '../cursor.ts';
import { isOfChart } from '../inside/chart.ts';
import type { CollectorRule, Fault } from '../rule.ts';
import { UNKNOWN } from '../variables.ts';
import { reasonUnknown } from './unknown-type.ts';

const WHEN_EMPTY =
  'Use the new name once the queue is empty, because its file is named after the exporter.';

/** Rules: names and uses of components. */
export const WIRING_RULES: readonly CollectorRule[] = [
  {
    code: 'component-undefined',
    file: 'collector',
    severity: 'error',
    title: 'A component is used but not defined.',
    why: 'The Collector does not start.',
    fix: 'Define it in the section of the message, or correct the name.',
    find: undefinedComponents,
  },
  {
    code: 'component-unused',
    file: 'collector',
    severity: 'warning',
    title: 'A component is defined but not used.',
    why: 'It has no effect: a redaction or a queue that is only defined does not protect anything.',
    fix: 'Name it in a pipeline (an extension in `service.extensions`), or remove it.',
    find: unusedComponents,
  },
  {
    code: 'component-unknown',
    file: 'collector',
    severity: 'error',
    title: 'The Collector of this version does not have this component.',
    why: 'The Collector does not start with an unknown name.',
    fix: 'Correct the name. Allow components of a custom build with a comment.',
    find: function* ({ components, isMerged }, { minor }): Generator<Fault> {
      for (const component of components) {
        if (isMerged && !component.settings.isSet()) continue;
        const message = reasonUnknown(component, minor);
        if (message !== undefined) yield { at: component.settings, message };
      }
    },
  },
  {
    code: 'component-renamed',
    file: 'collector',
    severity: 'warning',
    title: 'A component has its old name.',
    why: 'The old name is an alias that logs a warning at each start and will be removed. A queue on disk is named after its exporter: after a rename, the Collector starts with an empty queue and leaves the old one behind.',
    fix: 'Use the new name.',
    find: function* ({ components }, { minor }): Generator<Fault> {
      for (const { kind, id, settings } of components) {
        const renamed = RENAMED_COMPONENTS.find(
          (one) => one.kind === kind && one.old === typeOf(id),
        );
        if (renamed === undefined || !isSince(minor, renamed.since)) continue;
        const { now, since } = renamed;
        const message = `\`${typeOf(id)}\` is named \`${now}\` since ${since}`;
        const hasQueue = settings.at('sending_queue', 'storage').isSet();
        yield hasQueue ? { at: settings, message, fix: WHEN_EMPTY } : { at: settings, message };
      }
    },
  },
  {
    code: 'pipeline-incomplete',
    file: 'collector',
    severity: 'error',
    title: 'A pipeline has no receiver or no exporter, or there is no pipeline.',
    why: 'The Collector does not start.',
    fix: 'Name at least one receiver and one exporter in each pipeline.',
    find: function* (config): Generator<Fault> {
      const { root, pipelines, isMerged, hasUnknownPipelines } = config;
      if (pipelines.length === 0 && !isMerged && !hasUnknownPipelines)
        yield { at: root.at('service', 'pipelines'), message: 'there are no pipelines' };
      for (const pipeline of pipelines) {
        for (const list of ['receivers', 'exporters'] as const) {
          if (pipeline[list].length === 0 && !isListElsewhere(config, pipeline, list))
            yield { at: pipeline.at, message: `this pipeline has no ${list}` };
        }
      }
    },
  },
  {
    code: 'connector-half-used',
    file: 'collector',
    severity: 'error',
    title: 'A connector is used only as exporter or only as receiver.',
    why: 'The Collector does not start: a connector needs both an input and an output.',
    fix: 'List it in the exporters of one pipeline and in the receivers of another.',
    find: function* ({ components, pipelines }): Generator<Fault> {
      for (const { kind, id, settings } of components) {
        if (kind !== 'connectors') continue;
        const isIn = pipelines.some(({ exporters }) => exporters.some((one) => one.id === id));
        const isOut = pipelines.some(({ receivers }) => receivers.some((one) => one.id === id));
        if (isIn === isOut) continue;
        const message = `\`${id}\` is not ${isIn ? 'a receiver' : 'an exporter'} of any pipeline`;
        yield { at: settings, message };
      }
    },
  },
];

function* undefinedComponents(config: ConfigView): Generator<Fault> {
  const { pipelines, extensions, root, isMerged } = config;
  const references = [
    ...pipelines.flatMap(({ receivers, processors, exporters }) => [
      ...receivers.map((one) => ({ ...one, kinds: ['receivers', 'connectors'] })),
      ...processors.map((one) => ({ ...one, kinds: ['processors'] })),
      ...exporters.map((one) => ({ ...one, kinds: ['exporters', 'connectors'] })),
    ]),
    ...extensions.map((one) => ({ ...one, kinds: ['extensions'] })),
    ...authenticators(root).map((at) => ({ id: at.text() ?? '', at, kinds: ['extensions'] })),
  ];
  for (const { id, at, kinds } of references) {
    if (at.value() === UNKNOWN || (isMerged && kinds.some((kind) => isOfChart(kind, id)))) continue;
    if (!kinds.some((kind) => isSomewhere(root, kind, id)))
      yield { at, message: `\`${id}\` is not defined under \`${kinds.join('` or `')}\`` };
  }
  yield* unstartedAuthenticators(config);
}

/** Every `auth.authenticator` of receivers and exporters. */
function authenticators(cursor: Cursor): Cursor[] {
  const own = cursor.at('auth', 'authenticator');
  const below = cursor.entries().flatMap(([, child]) => authenticators(child));
  return own.text() === undefined ? below : [own, ...below];
}

/** Whether it is defined here, or possibly in the file of a section. */
function isSomewhere(root: Cursor, kind: string, id: string): boolean {
  return root.at(kind).value() === UNKNOWN || root.at(kind, id).exists();
}

function* unstartedAuthenticators({ root, extensions }: ConfigView): Generator<Fault> {
  for (const at of authenticators(root)) {
    const id = at.text() ?? '';
    if (root.at('extensions', id).exists() && !extensions.some((one) => one.id === id))
      yield { at, message: `\`${id}\` is not in \`service.extensions\`` };
  }
}

function* unusedComponents(config: ConfigView): Generator<Fault> {
  const used = new Set(
    config.pipelines.flatMap(({ receivers, processors, exporters }) => [
      ...[...receivers, ...exporters].flatMap(({ id }) => [
        `receivers.${id}`,
        `exporters.${id}`,
        `connectors.${id}`,
      ]),
      ...processors.map(({ id }) => `processors.${id}`),
    ]),
  );
  const started = new Set(config.extensions.map(({ id }) => id));
  const stored = new Set(storagesOf(config));
  const isUsed = ({ kind, id, settings }: Component): boolean => {
    if (isLeftToChart(config, kind, id, settings)) return true;
    if (kind !== 'extensions') return config.hasUnknownPipelines || used.has(`${kind}.${id}`);
    return started.has(id) || stored.has(id) || isAuthenticator(config, id);
  };
  for (const component of config.components) {
    const { id, settings } = component;
    if (!isUsed(component)) yield { at: settings, message: `\`${id}\` is defined but not used` };
  }
}

/** Storages have their own rules. */
function storagesOf({ components }: ConfigView): string[] {
  return components.flatMap(({ settings }) => settings.at('sending_queue', 'storage').text() ?? []);
}

/** Helm values change components that the chart uses, and remove them with `null`. */
function isLeftToChart(
  { isMerged }: ConfigView,
  kind: string,
  id: string,
  settings: Cursor,
): boolean {
  return isMerged && (isOfChart(kind, id) || !settings.isSet());
}

function isAuthenticator({ root }: ConfigView, id: string): boolean {
  return authenticators(root).some((at) => at.text() === id);
}
