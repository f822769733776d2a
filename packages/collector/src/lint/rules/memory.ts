/** Rules about memory. */
import { isListElsewhere, ownReceivers } from '../config-view.ts';
import type { CollectorRule, Fault } from '../rule.ts';

/** Rules: memory of the Collector under load. */
export const MEMORY_RULES: readonly CollectorRule[] = [
  {
    code: 'memory-limiter-missing',
    file: 'collector',
    severity: 'error',
    title: 'A pipeline that receives has no `memory_limiter`.',
    why: 'Under load, the Collector is killed because of its memory, and loses the data in it. A limiter refuses data in time, and the sender retries.',
    fix: 'Put `memory_limiter` first among the processors.',
    find: function* (config): Generator<Fault> {
      for (const pipeline of config.pipelines) {
        if (ownReceivers(config, pipeline).length === 0) continue;
        if (pipeline.processors.some(({ type }) => type === 'memory_limiter')) continue;
        if (isListElsewhere(config, pipeline, 'processors')) continue;
        yield {
          at: pipeline.at.at('processors'),
          message: 'this pipeline has no `memory_limiter`',
        };
      }
    },
  },
  {
    code: 'memory-limiter-not-first',
    file: 'collector',
    severity: 'warning',
    title: '`memory_limiter` is not the first processor.',
    why: 'The work of earlier processors is wasted when it refuses data, and uses the memory that it should save.',
    fix: 'Move it to the front.',
    find: function* ({ pipelines }): Generator<Fault> {
      for (const { processors } of pipelines) {
        const at = processors.slice(1).find(({ type }) => type === 'memory_limiter')?.at;
        if (at !== undefined && processors[0]?.type !== 'memory_limiter')
          yield { at, message: '`memory_limiter` comes after other processors' };
      }
    },
  },
];
