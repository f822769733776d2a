/** Tests of `createHealth`: probes, checks, options, metrics and the HTTP handler. */
import { spawnSync } from 'node:child_process';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  type CheckOutcome,
  type CheckTiming,
  createHealth,
  dependencyCheck,
  type ExternalCheck,
  type Health,
  type HealthOptions,
  type ProcessCheck,
} from '@moneytrail/health';
import { collectSeries } from '@moneytrail/metrics';
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { isTracingSuppressed } from '@opentelemetry/core';
import express from 'express';

const started: Health[] = [];

/** An interval that never elapses within a test. */
const rarely = { intervalMs: 3_600_000 };

function create(options: HealthOptions): Health {
  const health = createHealth({ ...rarely, ...options });
  started.push(health);
  return health;
}

afterEach(() => {
  for (const health of started.splice(0)) health.stop();
});

/** A check whose outcome the test sets. */
function scripted(name: string, first: CheckOutcome['status'], timing: CheckTiming = {}) {
  const script = { status: first, runs: 0 };
  const look = (): CheckOutcome => {
    script.runs += 1;
    const { status } = script;
    return status === 'healthy' ? { status } : { status, reason: `${name} is ${status}` };
  };
  const external: ExternalCheck = dependencyCheck(name, look, timing);
  const internal: ProcessCheck = { ...timing, name, scope: 'process', run: look };
  return { script, external, internal };
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('the condition was not met within 5 s');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

describe('liveness', () => {
  it('is healthy without checks and before they have run', () => {
    expect(create({}).probe('liveness')).toEqual({
      probe: 'liveness',
      ok: true,
      status: 'healthy',
      checks: [],
    });
    expect(create({ liveness: [scripted('a', 'healthy').internal] }).probe('liveness').ok).toBe(
      true,
    );
  });

  it.each([
    ['healthy', true],
    ['degraded', true],
    ['unhealthy', false],
  ] as const)('with a check that is %s has ok = %p', async (status, ok) => {
    const health = create({ liveness: [scripted('a', status).internal] });
    await health.run();
    expect(health.probe('liveness')).toMatchObject({ ok, status });
  });

  it('does not depend on dependencies, draining or startup', async () => {
    const health = create({
      readiness: [scripted('ledger', 'unhealthy').external],
      startup: [scripted('migrations', 'unhealthy').external],
    });
    await health.run();
    health.drain();
    expect(health.probe('liveness').ok).toBe(true);
  });

  it('rejects a check that is not of the process itself', () => {
    const { external } = scripted('ledger', 'healthy');
    // @ts-expect-error: a dependency cannot be a liveness check.
    expect(() => createHealth({ liveness: [external] })).toThrow(
      expect.objectContaining({ code: 'MONEYTRAIL_HEALTH_LIVENESS_SCOPE' }),
    );
  });
});

describe('readiness', () => {
  it('fails until the first result, then follows the check', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const health = create({ readiness: [dependencyCheck('ledger', () => promise)] });
    expect(health.probe('readiness')).toMatchObject({
      ok: false,
      status: 'unknown',
      reason: 'a check has not run yet',
    });
    resolve(undefined);
    await health.run();
    expect(health.probe('readiness')).toMatchObject({ ok: true, status: 'healthy' });
  });

  it.each([
    ['degraded', true],
    ['unhealthy', false],
  ] as const)('with a check that is %s has ok = %p and the reason', async (status, ok) => {
    const health = create({
      readiness: [scripted('a', 'healthy').external, scripted('b', status).external],
    });
    await health.run();
    const result = health.probe('readiness');
    expect(result).toMatchObject({ ok, status });
    expect(result.checks[1]).toMatchObject({ name: 'b', status, reason: `b is ${status}` });
  });

  it('fails as soon as the service drains, regardless of the checks', async () => {
    const health = create({ readiness: [scripted('a', 'healthy').external] });
    await health.run();
    health.drain();
    expect(health.probe('readiness')).toMatchObject({
      ok: false,
      status: 'healthy',
      reason: 'the service is shutting down',
    });
  });
});

describe('startup', () => {
  it('ends when every check has run and no startup check is unhealthy, and stays ended', async () => {
    const migrations = scripted('migrations', 'unhealthy');
    const health = create({
      startup: [migrations.external],
      readiness: [scripted('a', 'unhealthy').external],
    });
    await health.run();
    expect(health.probe('startup')).toMatchObject({
      ok: false,
      reason: 'the service is starting',
    });
    migrations.script.status = 'healthy';
    await health.run();
    expect(health.probe('startup').ok).toBe(true);
    migrations.script.status = 'unhealthy';
    await health.run();
    await health.run();
    expect(health.probe('startup').ok).toBe(true);
  });

  it('ends when the service calls started', () => {
    const health = create({
      startup: [dependencyCheck('never', () => new Promise(() => undefined))],
    });
    expect(health.probe('startup').ok).toBe(false);
    health.started();
    expect(health.probe('startup').ok).toBe(true);
  });
});

describe('a check', () => {
  it('that was healthy is degraded at its first unhealthy outcome and unhealthy at the second', async () => {
    const { script, external } = scripted('a', 'healthy');
    const health = create({ readiness: [external] });
    const statuses: string[] = [];
    for (const status of [
      'healthy',
      'unhealthy',
      'unhealthy',
      'degraded',
      'unhealthy',
      'healthy',
    ] as const) {
      await health.run();
      script.status = status;
      await health.run();
      statuses.push(health.probe('readiness').status);
    }
    // Each status occurs twice in a row, except for the first and the last.
    expect(statuses).toEqual([
      'healthy',
      'degraded',
      'unhealthy',
      'degraded',
      'degraded',
      'healthy',
    ]);
  });

  it('that is unhealthy at its first run is unhealthy at once', async () => {
    const health = create({ readiness: [scripted('a', 'unhealthy').external] });
    await health.run();
    expect(health.probe('readiness').status).toBe('unhealthy');
  });

  it('keeps its ten latest results, newest first, and the time of its last change', async () => {
    let nowMs = 1_000;
    const { script, external } = scripted('a', 'healthy');
    const health = create({ readiness: [external], nowMs: () => nowMs });
    await health.run();
    for (let run = 0; run < 10; run += 1) {
      nowMs += 1_000;
      await health.run();
    }
    script.status = 'degraded';
    nowMs = 20_000;
    await health.run();
    const [state] = health.probe('readiness').checks;
    expect(state).toMatchObject({ sinceMs: 20_000, reason: 'a is degraded' });
    expect(state?.results).toHaveLength(10);
    expect(state?.results[0]).toEqual({
      status: 'degraded',
      atMs: 20_000,
      durationMs: expect.any(Number),
      reason: 'a is degraded',
    });
    expect(state?.results[9]).toMatchObject({ status: 'healthy', atMs: 3_000 });
  });

  it.each<[string, unknown, string]>([
    ['an error', new TypeError('postgres://user:secret@db failed'), 'TypeError'],
    [
      'an error with a code',
      Object.assign(new Error('user:secret'), { code: 'ECONNREFUSED' }),
      'Error ECONNREFUSED',
    ],
    ['a string', 'secret', 'threw a string'],
    ['undefined', undefined, 'threw a undefined'],
    [
      'something unreadable',
      Object.defineProperty({}, 'name', {
        get: () => {
          throw new Error('secret');
        },
      }),
      'threw something unreadable',
    ],
  ])('that throws %s is unhealthy, and the message is not shown', async (_, error, reason) => {
    const failing = (): never => {
      throw error;
    };
    const health = create({
      readiness: [
        dependencyCheck('sync', failing),
        dependencyCheck('async', async () => failing()),
      ],
    });
    await health.run();
    const result = health.probe('readiness');
    expect(result.checks.map((check) => check.reason)).toEqual([reason, reason]);
    expect(JSON.stringify(result)).not.toContain('secret');
  });

  it.each([[undefined], [null], ['ok'], [{ rows: [] }], [{ status: 200 }], [[]]])(
    'that returns %j is healthy',
    async (value) => {
      const health = create({ readiness: [dependencyCheck('a', () => value)] });
      await health.run();
      expect(health.probe('readiness').status).toBe('healthy');
    },
  );

  it('that hangs is aborted at its timeout, reported at every interval, and never run twice at once', async () => {
    const hung = Promise.withResolvers<undefined>();
    let runs = 0;
    let aborted = false;
    const ask = (signal: AbortSignal): Promise<undefined> | undefined => {
      runs += 1;
      signal.addEventListener('abort', () => {
        aborted = true;
      });
      return runs === 2 ? hung.promise : undefined;
    };
    const health = create({ readiness: [dependencyCheck('a', ask, { timeoutMs: 5 })] });
    const results = () => health.probe('readiness').checks[0]?.results ?? [];
    await health.run();
    await Promise.all([health.run(), health.run()]);
    expect(aborted).toBe(true);
    expect(results()).toMatchObject([
      { status: 'unhealthy', reason: 'no result within 5 ms' },
      { status: 'healthy' },
    ]);
    await health.run();
    expect(runs).toBe(2);
    expect(health.probe('readiness').status).toBe('unhealthy');
    expect(results()).toHaveLength(3);
    hung.resolve(undefined);
    await until(() => {
      void health.run();
      return runs > 2;
    });
    await health.run();
    expect(health.probe('readiness').status).toBe('healthy');
  });

  it('runs at its interval until it is stopped and closed', async () => {
    let runs = 0;
    let closed = 0;
    const check: ProcessCheck = {
      name: 'a',
      scope: 'process',
      intervalMs: 2,
      timeoutMs: 2,
      run: () => {
        runs += 1;
        return undefined;
      },
      close: () => {
        closed += 1;
        throw new Error('hostile');
      },
    };
    const health = create({ liveness: [check] });
    await until(() => runs > 3);
    health.stop();
    const seen = runs;
    const other = scripted('other', 'healthy', { intervalMs: 2, timeoutMs: 2 });
    create({ liveness: [other.internal] });
    await until(() => other.script.runs > 5);
    expect([runs, closed]).toEqual([seen, 1]);
  });

  it('does not keep the process alive, even while it hangs', () => {
    const script = `
      import { createHealth, dependencyCheck, eventLoopDelayCheck } from '@moneytrail/health';
      const hanging = dependencyCheck('hanging', () => new Promise(() => undefined));
      createHealth({ liveness: [eventLoopDelayCheck()], readiness: [hanging] });
      process.on('exit', () => console.log('ended'));
    `;
    const { status, stdout } = spawnSync(
      process.execPath,
      ['--conditions=@moneytrail/source', '--input-type=module', '--eval', script],
      { encoding: 'utf8', cwd: import.meta.dirname, timeout: 20_000 },
    );
    expect([status, stdout]).toEqual([0, 'ended\n']);
  });

  it('creates no spans', async () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    const seen: unknown[] = [];
    const health = create({
      readiness: [
        dependencyCheck('a', async () => {
          await null;
          seen.push(isTracingSuppressed(context.active()), trace.getActiveSpan());
        }),
      ],
    });
    await health.run();
    expect(seen).toEqual([true, undefined]);
  });
});

describe('metrics and events', () => {
  const valuesOf = (name: string, check: string) =>
    collectSeries()
      .filter((instrument) => instrument.name === name)
      .flatMap(({ series }) => series)
      .filter(({ attributes }) => attributes['health.check'] === check);

  const changesOf = (check: string): Record<string, number> =>
    Object.fromEntries(
      valuesOf('health.changes', check)
        .map(
          (series) =>
            [series.attributes['health.status'], 'value' in series ? series.value : 0] as const,
        )
        .filter(([, value]) => value > 0),
    );

  it('record the state of each check as 0 and 1, and its duration', async () => {
    const health = create({ readiness: [scripted('states', 'degraded').external] });
    await health.run();
    const states = valuesOf('health.check.state', 'states').map((series) => [
      series.attributes['health.kind'],
      series.attributes['health.status'],
      'value' in series && series.value,
    ]);
    expect(states).toEqual(
      expect.arrayContaining([
        ['readiness', 'healthy', 0],
        ['readiness', 'degraded', 1],
        ['readiness', 'unhealthy', 0],
      ]),
    );
    const [duration] = valuesOf('health.check.duration', 'states');
    const counts = duration && 'bucketCounts' in duration ? duration.bucketCounts : [];
    expect([...(counts ?? [])].reduce((sum, count) => sum + count, 0)).toBe(1);
  });

  it('record changes, and a first result only if it is not healthy', async () => {
    const { script, external } = scripted('changes', 'healthy');
    const health = create({ readiness: [external] });
    await health.run();
    expect(changesOf('changes')).toEqual({});
    script.status = 'unhealthy';
    await health.run();
    await health.run();
    await health.run();
    script.status = 'healthy';
    await health.run();
    await health.run();
    expect(changesOf('changes')).toEqual({ degraded: 1, unhealthy: 1, healthy: 1 });
  });
});

describe('options', () => {
  const check = scripted('a', 'healthy').external;

  it.each<[string, object, string]>([
    ['an interval of 0', { intervalMs: 0, readiness: [check] }, 'intervalMs of a'],
    ['a negative timeout', { timeoutMs: -1, readiness: [check] }, 'timeoutMs of a'],
    [
      'an interval that is not a number',
      { intervalMs: Number.NaN, readiness: [check] },
      'intervalMs of a',
    ],
    ['an interval beyond timers', { intervalMs: 2 ** 31, readiness: [check] }, 'intervalMs of a'],
    [
      'a timeout above the interval',
      { intervalMs: 10, timeoutMs: 11, readiness: [check] },
      'timeoutMs of a',
    ],
    ['checks that are not a list', { readiness: check }, 'readiness must be a list'],
    ['a check without a name', { readiness: [{ ...check, name: '' }] }, 'readiness must be a list'],
    ['a check that cannot run', { liveness: [{ name: 'a' }] }, 'liveness must be a list'],
    ['no check at all', { startup: [undefined] }, 'startup must be a list'],
  ])('with %s are rejected at startup', (_, options, message) => {
    expect(() => createHealth(options)).toThrow(
      expect.objectContaining({
        code: 'MONEYTRAIL_OPTION_INVALID',
        message: expect.stringContaining(message),
      }),
    );
  });

  it('accept a timeout as long as the interval, and the longest timer', () => {
    const edges = { intervalMs: 2 ** 31 - 1, timeoutMs: 2 ** 31 - 1 };
    expect(create({ ...edges, readiness: [check] }).probe('readiness').checks).toHaveLength(1);
  });

  it('require a unique name for each check', () => {
    expect(() => createHealth({ readiness: [check], startup: [check] })).toThrow(
      expect.objectContaining({ code: 'MONEYTRAIL_HEALTH_CHECK_DUPLICATE' }),
    );
  });
});

describe('the handler', () => {
  async function serve(
    listener: RequestListener,
    ask: (url: string) => Promise<void>,
  ): Promise<void> {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // The address of a server that listens on a port is never the name of a pipe.
    const { port } = server.address() as AddressInfo;
    try {
      await ask(`http://127.0.0.1:${port}`);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  const statusesOf = async (url: string): Promise<number[]> => {
    const paths = ['/livez', '/readyz', '/startupz', '/livez/', '/readyz?verbose=1', '/other'];
    const responses = await Promise.all(paths.map((path) => fetch(url + path)));
    return responses.map(({ status }) => status);
  };

  it('serves the probes through node:http', async () => {
    const health = create({
      liveness: [scripted('a', 'healthy').internal],
      readiness: [scripted('b', 'unhealthy').external],
    });
    await health.run();
    await serve(health.handler, async (url) => {
      expect(await statusesOf(url)).toEqual([200, 503, 200, 200, 503, 404]);
      const response = await fetch(`${url}/readyz`);
      expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(await response.json()).toEqual(JSON.parse(JSON.stringify(health.probe('readiness'))));
    });
  });

  it('serves them through Express and passes other paths on', async () => {
    const health = create({ readiness: [scripted('b', 'healthy').external] });
    await health.run();
    const app = express();
    app.use(health.handler);
    app.use('/internal', health.handler);
    app.get('/other', (_request, response) => void response.status(418).end());
    await serve(app, async (url) => {
      expect(await statusesOf(url)).toEqual([200, 200, 200, 200, 200, 418]);
      expect((await fetch(`${url}/internal/livez`)).status).toBe(200);
      health.drain();
      expect((await fetch(`${url}/readyz`)).status).toBe(503);
    });
  });

  it('responds to HEAD without a body and rejects other methods', async () => {
    const health = create({});
    await serve(health.handler, async (url) => {
      const head = await fetch(`${url}/livez`, { method: 'HEAD' });
      expect([head.status, await head.text()]).toEqual([200, '']);
      const post = await fetch(`${url}/livez`, { method: 'POST' });
      expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    });
  });

  it('runs no check for a thousand requests, and responds while every dependency hangs', async () => {
    let runs = 0;
    const hanging = Array.from({ length: 10 }, (_, index) =>
      dependencyCheck(`hanging ${index}`, () => {
        runs += 1;
        return new Promise(() => undefined);
      }),
    );
    const health = create({ readiness: hanging });
    await serve(health.handler, async (url) => {
      const responses = await Promise.all(
        Array.from({ length: 1_000 }, () => fetch(`${url}/readyz`)),
      );
      expect(responses.every(({ status }) => status === 503)).toBe(true);
    });
    expect(runs).toBe(10);
  });
});
