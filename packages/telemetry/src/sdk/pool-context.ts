// Keeps the context of a caller that waits for a connection of a database pool.
import { context } from '@opentelemetry/api';
import {
  InstrumentationBase,
  InstrumentationNodeModuleDefinition,
} from '@opentelemetry/instrumentation';

interface Pool {
  connect: (callback?: (...answer: unknown[]) => void) => unknown;
}

/**
 * A query that waits for a connection of the pool is a child of who asked for it, not of who gave the connection back: the
 * official instrumentation sees to that only where it also makes a span of the wait.
 */
export class PoolContext extends InstrumentationBase {
  constructor() {
    // It makes no telemetry of its own, so nobody asks for its version.
    super('@moneytrail/telemetry', '', {});
  }

  protected override init(): InstrumentationNodeModuleDefinition {
    return new InstrumentationNodeModuleDefinition('pg-pool', ['>=2.0.0 <4'], (Pool) => {
      // Not by `_wrap`, which would take the official instrumentation's wrapper off, and the metrics of pools with it.
      Pool.prototype.connect = keepContext(Pool.prototype.connect);
      return Pool;
    });
  }
}

function keepContext(connect: Pool['connect']): Pool['connect'] {
  return function connectInContext(this: Pool, callback) {
    const own = callback && context.bind(context.active(), callback);
    return connect.call(this, own);
  };
}
