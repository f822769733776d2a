import { spawnSync } from 'node:child_process';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  type CheckTiming,
  createHealth,
  dependencyCheck,
  type Finding,
  type Health,
  type HealthOptions,
  type OutsideCheck,
  type ProcessCheck,
} from '@moneytrail/health';
import { collectSeries } from '@moneytrail/metrics';
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { isTracingSuppressed } from '@opentelemetry/core';
import express from 'express';

const started: Health[] = [];

/** Never looks again by itself within a test. */
const rarely = { intervalMs: 3_600_000 };

function create(options: HealthOptions): Health {
  const health = createHealth({ ...rarely, ...options });
  started.push(health);
  return health;
}

afterEach(() => {
  for (const health of started.splice(0)) health.stop();
});

/** A check that answers what the test says. */
function told(name: string, first: Finding['status'], timing: CheckTiming = {}) {
  const answers = { status: first, runs: 0 };
  const look = (): Finding => {
    answers.runs += 1;
    const { status } = answers;
    return status === 'healthy' ? { status } : { status, reason: `${name} is ${status}` };
  };
  const outside: OutsideCheck = dependencyCheck(name, look, timing);
  const inside: ProcessCheck = { ...timing, name, scope: 'process', run: look };
  return { answers, outside, inside };
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('it did not come to hold within 5 s');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

describe('liveness', () => {
  it('is well without checks and before they have run', () => {
    expect(create({}).answer('liveness')).toEqual({
      probe: 'liveness',
      ok: true,
      status: 'healthy',
      checks: [],
    });
    expect(create({ liveness: [told('a', 'healthy').inside] }).answer('liveness').ok).toBe(true);
  });

  it.each([
    ['healthy', true],
    ['degraded', true],
    ['unhealthy', false],
  ] as const)('with a check that is %s answers %p', async (status, ok) => {
    const health = create({ liveness: [told('a', status).inside] });
    await health.run();
    expect(health.answer('liveness')).toMatchObject({ ok, status });
  });

  it('does not care for dependencies, for draining, or for the start', async () => {
    const health = create({
      readiness: [told('ledger', 'unhealthy').outside],
      startup: [told('migrations', 'unhealthy').outside],
    });
    await health.run();
    health.drain();
    expect(health.answer('liveness').ok).toBe(true);
  });

  it('takes no check that looks outside the process', () => {
    const { outside } = told('ledger', 'healthy');
    // @ts-expect-error: a dependency cannot be a liveness check.
    expect(() => createHealth({ liveness: [outside] })).toThrow(
      expect.objectContaining({ code: 'MONEYTRAIL_HEALTH_LIVENESS_SCOPE' }),
    );
  });
});

describe('readiness', () => {
  it('waits for the first answer, then follows the check', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const health = create({ readiness: [dependencyCheck('ledger', () => promise)] });
    expect(health.answer('readiness')).toMatchObject({
      ok: false,
      status: 'unknown',
      reason: 'a check has not run yet',
    });
    resolve(undefined);
    await health.run();
    expect(health.answer('readiness')).toMatchObject({ ok: true, status: 'healthy' });
  });

  it.each([
    ['degraded', true],
    ['unhealthy', false],
  ] as const)('with a check that is %s answers %p and says why', async (status, ok) => {
    const health = create({ readiness: [told('a', 'healthy').outside, told('b', status).outside] });
    await health.run();
    const answer = health.answer('readiness');
    expect(answer).toMatchObject({ ok, status });
    expect(answer.checks[1]).toMatchObject({ name: 'b', status, reason: `b is ${status}` });
  });

  it('answers no as soon as the service drains, whatever the checks say', async () => {
    const health = create({ readiness: [told('a', 'healthy').outside] });
    await health.run();
    health.drain();
    expect(health.answer('readiness')).toMatchObject({
      ok: false,
      status: 'healthy',
      reason: 'the service is shutting down',
    });
  });
});

describe('startup', () => {
  it('is over when every check has run and no startup check is unhealthy, and stays over', async () => {
    const migrations = told('migrations', 'unhealthy');
    const health = create({
      startup: [migrations.outside],
      readiness: [told('a', 'unhealthy').outside],
    });
    await health.run();
    expect(health.answer('startup')).toMatchObject({
      ok: false,
      reason: 'the service is starting',
    });
    migrations.answers.status = 'healthy';
    await health.run();
    expect(health.answer('startup').ok).toBe(true);
    migrations.answers.status = 'unhealthy';
    await health.run();
    await health.run();
    expect(health.answer('startup').ok).toBe(true);
  });

  it('is over when the service says so', () => {
    const health = create({
      startup: [dependencyCheck('never', () => new Promise(() => undefined))],
    });
    expect(health.answer('startup').ok).toBe(false);
    health.started();
    expect(health.answer('startup').ok).toBe(true);
  });
});

describe('a check', () => {
  it('that was well is degraded at its first bad answer and unhealthy at the second', async () => {
    const { answers, outside } = told('a', 'healthy');
    const health = create({ readiness: [outside] });
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
      answers.status = status;
      await health.run();
      statuses.push(health.answer('readiness').status);
    }
    // Each status is found twice in a row, but for the first and last.
    expect(statuses).toEqual([
      'healthy',
      'degraded',
      'unhealthy',
      'degraded',
      'degraded',
      'healthy',
    ]);
  });

  it('that is bad from the start is unhealthy at once', async () => {
    const health = create({ readiness: [told('a', 'unhealthy').outside] });
    await health.run();
    expect(health.answer('readiness').status).toBe('unhealthy');
  });

  it('keeps the last ten results, newest first, and since when it is as it is', async () => {
    let nowMs = 1_000;
    const { answers, outside } = told('a', 'healthy');
    const health = create({ readiness: [outside], nowMs: () => nowMs });
    await health.run();
    for (let run = 0; run < 10; run += 1) {
      nowMs += 1_000;
      await health.run();
    }
    answers.status = 'degraded';
    nowMs = 20_000;
    await health.run();
    const [state] = health.answer('readiness').checks;
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
  ])('that throws %s is unhealthy, and its message stays inside', async (_, error, reason) => {
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
    const answer = health.answer('readiness');
    expect(answer.checks.map((check) => check.reason)).toEqual([reason, reason]);
    expect(JSON.stringify(answer)).not.toContain('secret');
  });

  it.each([[undefined], [null], ['ok'], [{ rows: [] }], [{ status: 200 }], [[]]])(
    'that returns %j has answered, so it is healthy',
    async (value) => {
      const health = create({ readiness: [dependencyCheck('a', () => value)] });
      await health.run();
      expect(health.answer('readiness').status).toBe('healthy');
    },
  );

  it('that hangs is timed out, told so, reported again and again, and never run twice at once', async () => {
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
    const results = () => health.answer('readiness').checks[0]?.results ?? [];
    await health.run();
    await Promise.all([health.run(), health.run()]);
    expect(aborted).toBe(true);
    expect(results()).toMatchObject([
      { status: 'unhealthy', reason: 'no answer within 5 ms' },
      { status: 'healthy' },
    ]);
    await health.run();
    expect(runs).toBe(2);
    expect(health.answer('readiness').status).toBe('unhealthy');
    expect(results()).toHaveLength(3);
    hung.resolve(undefined);
    await until(() => {
      void health.run();
      return runs > 2;
    });
    await health.run();
    expect(health.answer('readiness').status).toBe('healthy');
  });

  it('runs again and again by itself until it is stopped, and is closed then', async () => {
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
    const other = told('other', 'healthy', { intervalMs: 2, timeoutMs: 2 });
    create({ liveness: [other.inside] });
    await until(() => other.answers.runs > 5);
    expect([runs, closed]).toEqual([seen, 1]);
  });

  it('does not keep the process alive, also while it hangs', () => {
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

  it('leaves no spans', async () => {
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

  it('carry the state of each check as 0 and 1, and how long it took', async () => {
    const health = create({ readiness: [told('states', 'degraded').outside] });
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

  it('tell of changes, and of a first answer only when it is bad', async () => {
    const { answers, outside } = told('changes', 'healthy');
    const health = create({ readiness: [outside] });
    await health.run();
    expect(changesOf('changes')).toEqual({});
    answers.status = 'unhealthy';
    await health.run();
    await health.run();
    await health.run();
    answers.status = 'healthy';
    await health.run();
    await health.run();
    expect(changesOf('changes')).toEqual({ degraded: 1, unhealthy: 1, healthy: 1 });
  });
});

describe('options', () => {
  const check = told('a', 'healthy').outside;

  it.each<[string, object, string]>([
    ['an interval of 0', { intervalMs: 0, readiness: [check] }, 'intervalMs of a'],
    ['a negative timeout', { timeoutMs: -1, readiness: [check] }, 'timeoutMs of a'],
    [
      'an interval that is no number',
      { intervalMs: Number.NaN, readiness: [check] },
      'intervalMs of a',
    ],
    ['an interval beyond timers', { intervalMs: 2 ** 31, readiness: [check] }, 'intervalMs of a'],
    [
      'a timeout above the interval',
      { intervalMs: 10, timeoutMs: 11, readiness: [check] },
      'timeoutMs of a',
    ],
    ['checks that are no list', { readiness: check }, 'readiness must be a list'],
    ['a check without a name', { readiness: [{ ...check, name: '' }] }, 'readiness must be a list'],
    ['a check that cannot run', { liveness: [{ name: 'a' }] }, 'liveness must be a list'],
    ['no check at all', { startup: [undefined] }, 'startup must be a list'],
  ])('with %s are refused at the start', (_, options, message) => {
    expect(() => createHealth(options)).toThrow(
      expect.objectContaining({
        code: 'MONEYTRAIL_OPTION_INVALID',
        message: expect.stringContaining(message),
      }),
    );
  });

  it('take a timeout as long as the interval, and the longest timer', () => {
    const edges = { intervalMs: 2 ** 31 - 1, timeoutMs: 2 ** 31 - 1 };
    expect(create({ ...edges, readiness: [check] }).answer('readiness').checks).toHaveLength(1);
  });

  it('name each check once', () => {
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
    // An address of a server that listens on a port is never a pipe's name.
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
    const answers = await Promise.all(paths.map((path) => fetch(url + path)));
    return answers.map(({ status }) => status);
  };

  it('serves the probes through node:http', async () => {
    const health = create({
      liveness: [told('a', 'healthy').inside],
      readiness: [told('b', 'unhealthy').outside],
    });
    await health.run();
    await serve(health.handler, async (url) => {
      expect(await statusesOf(url)).toEqual([200, 503, 200, 200, 503, 404]);
      const response = await fetch(`${url}/readyz`);
      expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(await response.json()).toEqual(JSON.parse(JSON.stringify(health.answer('readiness'))));
    });
  });

  it('serves them through Express and passes on everything else', async () => {
    const health = create({ readiness: [told('b', 'healthy').outside] });
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

  it('answers HEAD without a body and refuses other methods', async () => {
    const health = create({});
    await serve(health.handler, async (url) => {
      const head = await fetch(`${url}/livez`, { method: 'HEAD' });
      expect([head.status, await head.text()]).toEqual([200, '']);
      const post = await fetch(`${url}/livez`, { method: 'POST' });
      expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    });
  });

  it('runs no check for a thousand requests, and answers while every dependency hangs', async () => {
    let runs = 0;
    const hanging = Array.from({ length: 10 }, (_, index) =>
      dependencyCheck(`hanging ${index}`, () => {
        runs += 1;
        return new Promise(() => undefined);
      }),
    );
    const health = create({ readiness: hanging });
    await serve(health.handler, async (url) => {
      const answers = await Promise.all(
        Array.from({ length: 1_000 }, () => fetch(`${url}/readyz`)),
      );
      expect(answers.every(({ status }) => status === 503)).toBe(true);
    });
    expect(runs).toBe(10);
  });
});
