import {
  type ConfigView,
  leavesHost,
  type Pipeline,
  passes,
  passesAlways,
  sourcesOf,
} from '../config-view.ts';
import type { CollectorRule, Fault } from '../rule.ts';
import { UNKNOWN } from '../variables.ts';

const SAMPLERS: readonly string[] = ['tail_sampling', 'probabilistic_sampler'];
const COUNTING_CONNECTORS: readonly string[] = [
  'span_metrics',
  'service_graph',
  'signal_to_metrics',
  'count',
];

/** Parts of a pipeline that forget. */
export const SAMPLING_RULES: readonly CollectorRule[] = [
  {
    code: 'batch-processor',
    file: 'collector',
    severity: 'error',
    title: 'A pipeline has the `batch` processor.',
    why: 'It says 2xx to the sender while the data are only in memory, before the queue on disk has them. In Jaeger the same processor lost 144 of 8,517 traces with six kills.',
    fix: 'Remove it: SDKs send batches already.',
    find: function* ({ pipelines }): Generator<Fault> {
      for (const { type, at } of pipelines.flatMap(({ processors }) => processors)) {
        if (type === 'batch') yield { at, message: 'what waits for a batch is in memory only' };
      }
    },
  },
  {
    code: 'sampling-without-bypass',
    file: 'collector',
    severity: 'error',
    title: 'Traces reach their backend only through tail sampling.',
    why: 'Tail sampling holds traces in memory until it decides: a kill loses about `decision_wait` of them, failed payments too. Measured with three kills: 2,761 of 6,156 traces; with a bypass none of the kept ones.',
    fix: 'Send the same spans through a second pipeline past tail sampling: `forward` to a `filter` that keeps `moneytrail.keep` and errors, and on to the same exporter. Jaeger stores a span that comes twice once.',
    find: function* (config): Generator<Fault> {
      for (const pipeline of config.pipelines) {
        const at = pipeline.processors.find(({ type }) => type === 'tail_sampling')?.at;
        if (at !== undefined && !hasBypass(config, pipeline))
          yield {
            at,
            message: 'a kill takes every trace that is not yet decided: there is no way past',
          };
      }
    },
  },
  {
    code: 'sampling-evicts',
    file: 'collector',
    severity: 'warning',
    title: 'Tail sampling throws out undecided traces when it is full.',
    why: 'A burst of traces pushes out those that wait, before any policy has seen them.',
    fix: 'Set `block_on_overflow: true` (since 0.136).',
    find: function* ({ components }, { minor }): Generator<Fault> {
      for (const { type, settings } of components) {
        const at = settings.at('block_on_overflow');
        if (
          type !== 'tail_sampling' ||
          minor < 136 ||
          at.value() === true ||
          at.value() === UNKNOWN
        )
          continue;
        yield { at, message: 'undecided traces are thrown out when `num_traces` is reached' };
      }
    },
  },
  {
    code: 'metrics-after-sampling',
    file: 'collector',
    severity: 'error',
    title: 'Metrics are counted from spans after sampling.',
    why: 'Rates and durations are those of what was kept: at 10 % one tenth, and failures look ten times as frequent.',
    fix: 'Name the connector among the exporters of a pipeline before the sampler.',
    find: function* (config): Generator<Fault> {
      for (const pipeline of config.pipelines) {
        if (pipeline.signal !== 'traces' || !passes(config, pipeline, SAMPLERS)) continue;
        for (const { type, id, at } of pipeline.exporters) {
          if (COUNTING_CONNECTORS.includes(type))
            yield { at, message: `\`${id}\` counts only the traces that sampling kept` };
        }
      }
    },
  },
  {
    code: 'logs-sampled',
    file: 'collector',
    severity: 'error',
    title: 'Logs are sampled.',
    why: 'Business events are logs: a payment that is sampled away is missing in every sum.',
    fix: 'Remove the sampler from the logs pipeline, or send business events through a pipeline of their own.',
    find: function* ({ pipelines }): Generator<Fault> {
      for (const { signal, processors } of pipelines) {
        const at = processors.find(({ type }) => SAMPLERS.includes(type))?.at;
        if (signal === 'logs' && at !== undefined)
          yield { at, message: 'events about money are logs, and some of them are dropped here' };
      }
    },
  },
];

/** Whether another pipeline hears the same receivers and sends what has passed no sampler on some way. */
function hasBypass(config: ConfigView, sampled: Pipeline): boolean {
  const sources = sourcesOf(config, sampled);
  return config.pipelines.some(
    (other) =>
      other.signal === 'traces' &&
      leavesHost(config, other) &&
      !passesAlways(config, other, SAMPLERS) &&
      [...sourcesOf(config, other)].some((source) => sources.has(source)),
  );
}
