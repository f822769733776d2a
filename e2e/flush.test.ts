/** `flush()`: for platforms that freeze a process, and for immediate ends. */
import { describe, expect, it } from '@jest/globals';
import { run, runIn } from '../packages/telemetry/test/support/process.ts';
import { paymentsOf, programOf, REGISTER, sharedReceiver } from './support/ends.ts';
import { eventually } from './support/eventually.ts';
import { installed } from './support/installed.ts';

const receiver = sharedReceiver();

/** The folder with the services of these tests. */
function folder(): string {
  return installed({ dependencies: {}, sources: 'e2e/services/ends' });
}

describe('flush', () => {
  it('waits for the time it is given, or for the limit', async () => {
    receiver().behaviour = 'hang';
    const program = run([...REGISTER, programOf('flush.ts')], {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver().url,
      MONEYTRAIL_SHUTDOWN_TIMEOUT_MS: '1200',
    });
    const { stdout } = await program.ended;
    const took: Record<string, number> = JSON.parse(stdout);
    expect(took['300']).toBeLessThan(1100);
    for (const argument of ['undefined', 'NaN', '-1', 'soon', 'null']) {
      expect(took[argument]).toBeGreaterThan(1100);
    }
  });

  it('resolves at once without telemetry', async () => {
    const { stdout } = await run([programOf('flush.ts')]).ended;
    for (const ms of Object.values<number>(JSON.parse(stdout))) expect(ms).toBeLessThan(200);
  });

  it.each([
    ['/flushed', ['pi_last']],
    ['/', []],
  ])(
    'before the response: the payment of %s has arrived when the process is frozen: %j',
    async (path, ids) => {
      const service = runIn(folder(), [process.execPath, ...REGISTER, 'frozen.mjs'], {
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver().url,
      });
      const [, port] = await service.seen(/port (\d+)/);
      await fetch(`http://127.0.0.1:${port}${path}`);
      service.kill('SIGSTOP');
      expect(paymentsOf(receiver())).toEqual(ids);
      service.kill('SIGCONT');
      // Data that was not sent before is sent after the thaw.
      expect(
        await eventually(
          () => paymentsOf(receiver()),
          (all) => all.length > 0,
        ),
      ).toEqual(['pi_last']);
      service.kill('SIGKILL');
      await service.ended;
    },
  );

  it('after the response: its span has also arrived when the process is frozen', async () => {
    const service = runIn(folder(), [process.execPath, ...REGISTER, 'frozen.mjs'], {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver().url,
    });
    const [, port] = await service.seen(/port (\d+)/);
    await fetch(`http://127.0.0.1:${port}/waited`);
    await service.seen(/waited/);
    service.kill('SIGSTOP');
    expect(paymentsOf(receiver())).toEqual(['pi_last']);
    expect(receiver().spans.map(({ name }) => name)).toEqual(['span of pi_last', 'GET']);
    service.kill('SIGKILL');
    await service.ended;
  });
});
