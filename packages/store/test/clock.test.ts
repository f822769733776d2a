/** System clocks that are wrong or jump: stored records do not age because of them. */
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { Drops, LogRow, MoneyRow, StoreStatus } from '@moneytrail/store';
import { writeOldFile } from './old-schemas.ts';
import {
  cleanUp,
  eventRecord,
  gauge,
  get,
  line,
  logsRequest,
  metricsRequest,
  point,
  post,
  span,
  start,
  temporaryFolder,
  tracesRequest,
} from './support.ts';

jest.setTimeout(30_000);

afterEach(async () => {
  jest.restoreAllMocks();
  await cleanUp();
});

const DAY_MS = 86_400_000;
const realNow = Date.now;

function setClock(aheadMs: number): void {
  jest.spyOn(Date, 'now').mockImplementation(() => realNow() + aheadMs);
}

describe('a clock that jumps', () => {
  it.each([
    ['eight days ahead', [0, 8]],
    ['a year ahead', [0, 365]],
    ['ten years back', [0, -3650]],
    ['ahead from the first start on', [8, 0]],
    ['ahead, back and ahead again', [8, 0, 8]],
    ['ahead and back for weeks', [0, 8, 0, 8, 0, 30, 0, 400, 0]],
    ['back, to the year 1970 and far ahead', [0, -10, -20_000, 0, 3650]],
    ['back and forth, from a wrong start on', [-8, 8, -8, 8, 0]],
  ])('%s over restarts deletes nothing by age', async (_, days) => {
    const dataDir = temporaryFolder();
    for (const [index, ahead] of days.entries()) {
      setClock(ahead * DAY_MS);
      const store = await start({ dataDir });
      const payment = eventRecord({ event: 'payment.succeeded', id: `pi_${index}`, minor: 1 });
      await post(store, '/v1/logs', logsRequest([payment, line(`line ${index}`)]));
      const own = span({ spanId: `${index + 1}`.padStart(16, '0') });
      await post(store, '/v1/traces', tracesRequest([own]));
      await post(store, '/v1/metrics', metricsRequest([gauge('g', [point(index)])]));
      await store.close();
    }
    const store = await start({ dataDir });
    const count = days.length;
    expect((await get<MoneyRow[]>(store, '/api/money')).json).toMatchObject([{ count }]);
    expect((await get<LogRow[]>(store, '/api/logs?q=line')).json).toHaveLength(count);
    expect((await get<Drops>(store, '/api/drops')).json.drops).toEqual([]);
  });

  it('during retention runs with every request deletes nothing by age', async () => {
    // A full store runs retention before each request.
    const store = await start({ maxBytes: 8_000_000 });
    const padding = 'x'.repeat(1_000_000);
    for (const [index, days] of [8, 0, 8, -8, 365, 0, 8].entries()) {
      setClock(days * DAY_MS);
      const payment = eventRecord({ event: 'payment.succeeded', id: `pi_${index}`, minor: 1 });
      const lines = [line(`${index} ${padding}`), line(`${index}b ${padding}`)];
      await post(store, '/v1/logs', logsRequest([payment, ...lines]));
    }
    expect((await get<MoneyRow[]>(store, '/api/money')).json).toMatchObject([{ count: 7 }]);
    const { drops } = (await get<Drops>(store, '/api/drops')).json;
    expect(drops.map(({ signal }) => signal)).not.toContain('events');
  });

  it('never makes a record older than the running time of the store', async () => {
    const dataDir = temporaryFolder();
    setClock(8 * DAY_MS);
    const first = await start({ dataDir });
    await post(first, '/v1/logs', logsRequest([line('x')]));
    await first.close();
    setClock(0);
    const second = await start({ dataDir });
    const { oldest_ms: oldestMs } = (await get<StoreStatus>(second, '/api/status')).json;
    expect(oldestMs).toBeLessThan(60_000);
  });

  it.each([1, 2])('deletes nothing of a file with schema version %i', async (version) => {
    const dataDir = temporaryFolder();
    if (version === 1) writeOldFile(dataDir, 1);
    else writeOldFile(dataDir, 2, threeStarts());
    const count = version === 1 ? 1 : 3;
    for (const days of [0, 365, 0, 400]) {
      setClock(days * DAY_MS);
      const store = await start({ dataDir });
      expect((await get<MoneyRow[]>(store, '/api/money')).json).toContainEqual(
        expect.objectContaining({ event: 'payment.succeeded', count }),
      );
      expect((await get<Drops>(store, '/api/drops')).json.drops).toEqual([]);
      await store.close();
    }
  });
});

/** Rows of three starts of an older store: with the right time, a year ahead, and right again. */
function threeStarts(): string {
  const arrivals = [realNow(), realNow() + 365 * DAY_MS, realNow()];
  const events = arrivals.map(
    (arrivedMs, index) => `INSERT INTO events VALUES
      (${index + 1}, 'stripe/pi_${index}/payment.succeeded', 'payment.succeeded', 0, ${arrivedMs}, 'INFO', '', 1, NULL, NULL,
       'pi_${index}', NULL, NULL, 1, 'EUR', '{}');`,
  );
  return `INSERT INTO resources VALUES (1, 'd', 'shop', '', '', '{}', 0);
    INSERT INTO meta VALUES ('seen_ms', ${realNow() + 365 * DAY_MS});${events.join('')}`;
}
