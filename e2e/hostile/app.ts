/** Makes every public call with every hostile value, and prints thrown errors, slow calls and rejections. */
import '@moneytrail/telemetry/register';

import { setImmediate as nextTurn } from 'node:timers/promises';
import { MoneytrailError } from '@moneytrail/catalogue';
import { collectSeries } from '@moneytrail/metrics';
import { hostileValues } from '../../tools/hostile-values.ts';
import { calls } from './calls.ts';

const SLOW_MS = 100;
/** A call that takes longer has no bound: it walks through a list of billions of members. */
const ENDLESS_MS = 5000;

const wrong: string[] = [];
const slow: string[] = [];
let made = 0;

process.on('unhandledRejection', (error) => {
  wrong.push(`unhandled: ${describe(error)}`);
});

function describe(error: unknown): string {
  try {
    return String(error instanceof Error ? error.stack : error).slice(0, 400);
  } catch {
    return 'an error without a text';
  }
}

for (const { title, mayThrow, run } of calls()) {
  for (const [what, make] of hostileValues()) {
    const value = make();
    const startMs = performance.now();
    try {
      const result = run(value);
      // A rejection of the caller's own work belongs to the caller.
      if (result instanceof Promise) await Promise.race([result.catch(() => {}), nextTurn()]);
    } catch (error) {
      const isCoded = mayThrow && error instanceof MoneytrailError;
      if (!isCoded) wrong.push(`${title} with ${what}: ${describe(error)}`);
    }
    const ms = performance.now() - startMs;
    if (ms > ENDLESS_MS) wrong.push(`${title} with ${what}: ${ms.toFixed(0)} ms`);
    if (ms > SLOW_MS) slow.push(`${title} with ${what}: ${ms.toFixed(0)} ms`);
    made += 1;
  }
  await nextTurn();
}
const isPolluted = 'polluted' in {} || 'polluted' in [];
const negative = collectSeries().filter(({ definition, series }) => {
  return definition.kind === 'counter' && series.some(({ value }) => value < 0);
});
console.log(JSON.stringify({ made, wrong, slow, isPolluted, negative: negative.length }));
process.exitCode = 0;
setTimeout(() => process.exit(), 3000).unref();
