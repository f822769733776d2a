/** Next to Sentry, which reports again when a process ends: neither waits for the other. */
import { describe, expect, it } from '@jest/globals';
import { runIn } from '../packages/telemetry/test/support/process.ts';
import { LIMIT_MS, paymentsOf, REGISTER, sharedReceiver } from './support/ends.ts';
import { installed } from './support/installed.ts';
import { startSentry } from './support/sentry.ts';

const receiver = sharedReceiver();

/** The folder with the services of these tests. */
function folder(): string {
  return installed({
    dependencies: {
      'sentry-10': 'npm:@sentry/node@10.78.0',
      'sentry-11': 'npm:@sentry/node@11.12.0',
    },
    sources: 'e2e/services/ends',
  });
}

describe.each(['sentry-10', 'sentry-11'])('next to %s', (name) => {
  it.each([
    ['job', undefined],
    ['server', 'SIGTERM'],
  ] as const)(
    'a %s ends about as soon as without us, and everything arrives',
    async (way, signal) => {
      const sentry = await startSentry();
      const seen: Record<string, { code: number | null; signal: string | null; ms: number }> = {};
      for (const [how, flags] of Object.entries({ bare: [], ours: REGISTER })) {
        const program = runIn(folder(), [process.execPath, ...flags, 'sentry.mjs', name, way], {
          OTEL_EXPORTER_OTLP_ENDPOINT: receiver().url,
          SENTRY_SINK: sentry.dsn,
        });
        await program.seen(/ending/);
        const startMs = performance.now();
        if (signal) program.kill(signal);
        const { code, signal: by, stderr } = await program.ended;
        expect(stderr).not.toMatch(/TELEMETRY_DROPPED|TimeoutNegativeWarning/);
        seen[how] = { code, signal: by, ms: performance.now() - startMs };
      }
      await sentry.close();
      const { bare, ours } = seen;
      expect({ ...ours, ms: 0 }).toEqual({ ...bare, ms: 0 });
      expect((ours?.ms ?? 0) - (bare?.ms ?? 0)).toBeLessThan(LIMIT_MS);
      expect(paymentsOf(receiver())).toEqual(['pi_last']);
      expect(receiver().spans.map((span) => span.name)).toContain('span of pi_last');
      // One report each time that it has something to report, not one per round.
      expect(sentry.items.filter(({ type }) => type === 'client_report').length).toBeLessThan(5);
    },
  );
});
