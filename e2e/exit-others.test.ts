/** Ends that others cause: `node --watch`, the primary of a cluster, a policy that forbids threads. */
import { appendFileSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { freePort } from '../dev/process/free-port.ts';
import { type Program, runIn } from '../packages/telemetry/test/support/process.ts';
import { itOfReport } from '../tools/reports.ts';
import { paymentsOf, REGISTER, sharedReceiver } from './support/ends.ts';
import { eventually } from './support/eventually.ts';
import { installed } from './support/installed.ts';

const receiver = sharedReceiver();

const folder = installed({ dependencies: {}, sources: 'e2e/services/ends' });

const payments = (): string[] => paymentsOf(receiver());

function start(parameters: readonly string[], env: Record<string, string> = {}): Program {
  return runIn(folder, [process.execPath, ...parameters], {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver().url,
    ...env,
  });
}

it('node --watch restarts a service without losing its last records', async () => {
  const service = start(['--watch', ...REGISTER, 'watched.mjs']);
  const paid = (): string[] => service.printed().match(/(?<=paid )pi_\d+_\d+/g) ?? [];
  const starts = (): number[] =>
    [...paid().keys()].filter((index) => paid()[index]?.endsWith('_1'));
  await service.seen(/paid/);
  // Node starts to watch after the start, and waits until there are no more changes.
  const touching = setInterval(() => appendFileSync(join(folder, 'watched.mjs'), '\n'), 1000);
  const [, second = 0] = await eventually(starts, ({ length }) => length > 1);
  clearInterval(touching);
  const last = paid()[second - 1] ?? 'no second start';
  expect(await eventually(payments, (ids) => ids.includes(last), 5000)).toContain(last);
  service.kill('SIGTERM');
  await service.ended;
});

describe('where threads are forbidden', () => {
  it.each([
    ['exit after server.close', []],
    ['flush and exit after server.close', ['pi_last']],
  ])('%s: %j arrives', async (way, ids) => {
    const permissions = ['--permission', '--allow-fs-read=*'];
    const service = start([...permissions, ...REGISTER, 'app.mjs', way]);
    await service.seen(/ending/);
    service.kill('SIGTERM');
    expect(await service.ended).toMatchObject({ code: 0 });
    expect(payments()).toEqual(ids);
  });
});

itOfReport(
  'cluster',
  'a cluster of three starts, and the payments of all its workers arrive at SIGTERM',
  async (reported) => {
    copyFileSync(join(reported, 'app.mjs'), join(folder, 'reported-cluster.mjs'));
    const [port, metricsPort] = await Promise.all([freePort(), freePort()]);
    const service = start([...REGISTER, 'reported-cluster.mjs'], {
      PORT: String(port),
      MONEYTRAIL_METRICS_PORT: String(metricsPort),
    });
    const pay = async (): Promise<string> => {
      const response = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
      return (await response?.text()) ?? '';
    };
    expect(await eventually(pay, (text) => text === 'ok')).toBe('ok');
    for (let request = 1; request < 30; request += 1) expect(await pay()).toBe('ok');
    service.kill('SIGTERM');
    await service.ended;
    expect(await eventually(payments, ({ length }) => length >= 30, 5000)).toHaveLength(30);
  },
);
