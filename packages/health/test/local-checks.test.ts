/** Tests of the checks of memory, event loop delay and disk. */
import { tmpdir } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import {
  type Check,
  type CheckOutcome,
  diskCheck,
  eventLoopDelayCheck,
  memoryCheck,
  type ProcessCheck,
} from '@moneytrail/health';

const look = async (check: Check): Promise<CheckOutcome | undefined> =>
  await check.run(new AbortController().signal);

describe('memoryCheck', () => {
  const reading = { rssBytes: 0, rssLimitBytes: 100, heapBytes: 0, heapLimitBytes: 100 };

  it.each([
    [84, 'healthy'],
    [85, 'degraded'],
    [94, 'degraded'],
    [95, 'unhealthy'],
    [100, 'unhealthy'],
  ])('rates %i %% of either limit as %s', async (bytes, status) => {
    for (const part of [{ rssBytes: bytes }, { heapBytes: bytes }]) {
      expect(await look(memoryCheck({ read: () => ({ ...reading, ...part }) }))).toMatchObject({
        status,
      });
    }
  });

  it('names the limit that is closer', async () => {
    const read = () => ({ ...reading, rssBytes: 90, heapBytes: 97 });
    expect(await look(memoryCheck({ read }))).toEqual({
      status: 'unhealthy',
      reason: '97 % of the heap that V8 allows is in use',
    });
  });

  it('reads this process, which is healthy', async () => {
    expect(await look(memoryCheck())).toEqual({ status: 'healthy' });
  });

  it('measures real memory: with thresholds close to 0 it is unhealthy', async () => {
    const outcome = await look(memoryCheck({ degradedAt: 1e-9, unhealthyAt: 1e-9 }));
    expect(outcome?.status).toBe('unhealthy');
  });
});

function blockLoop(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

async function turnLoop(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** Blocks the event loop between two runs of the timer that measures the delay. */
async function lookUntil(
  check: ProcessCheck,
  status: string,
  before: () => void,
): Promise<CheckOutcome | undefined> {
  const deadlineMs = Date.now() + 4_000;
  for (;;) {
    await turnLoop();
    before();
    await turnLoop();
    const outcome = await look(check);
    if (outcome?.status === status || Date.now() > deadlineMs) return outcome;
  }
}

describe('eventLoopDelayCheck', () => {
  it('detects a blocked event loop, and forgets it after one run', async () => {
    const check = eventLoopDelayCheck({ degradedAtMs: 50, unhealthyAtMs: 100 });
    expect(await look(check)).toEqual({ status: 'healthy' });
    const blocked = await lookUntil(check, 'unhealthy', () => blockLoop(300));
    expect(blocked?.reason).toMatch(/^timers fire \d+ ms late$/);
    expect(await lookUntil(check, 'healthy', () => {})).toEqual({ status: 'healthy' });
    check.close?.();
  });
});

describe('diskCheck', () => {
  it('reads a real file system', async () => {
    const full = { degradedAt: 1e-9, unhealthyAt: 1 };
    expect(await look(diskCheck({ ...full, path: tmpdir() }))).toMatchObject({
      status: 'degraded',
      reason: expect.stringMatching(/^\d+ % of the disk is in use$/),
    });
  });

  it('rejects if the path does not exist', async () => {
    await expect(look(diskCheck({ path: '/nowhere/at/all' }))).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });

  it('can have another name', () => {
    expect([diskCheck().name, diskCheck({ name: 'spool' }).name]).toEqual(['disk', 'spool']);
  });
});

describe('thresholds', () => {
  it.each<[string, () => Check]>([
    ['0', () => memoryCheck({ degradedAt: 0 })],
    ['more than 1', () => diskCheck({ unhealthyAt: 1.01 })],
    ['degraded after unhealthy', () => memoryCheck({ degradedAt: 0.96 })],
    ['not a number', () => diskCheck({ degradedAt: Number.NaN })],
    ['negative', () => eventLoopDelayCheck({ degradedAtMs: -1 })],
  ])('with %s are rejected', (_, create) => {
    expect(create).toThrow(expect.objectContaining({ code: 'MONEYTRAIL_OPTION_INVALID' }));
  });

  it('may be equal, and may be 1', () => {
    expect(memoryCheck({ degradedAt: 1, unhealthyAt: 1 }).scope).toBe('process');
  });
});
