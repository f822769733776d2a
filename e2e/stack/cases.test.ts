/** The end-to-end cases against the Collector, Prometheus, Jaeger and Loki. */
import { CASES } from '../cases/index.ts';
import type { Backend } from '../support/backend.ts';
import { describeCases, scenario } from '../support/case.ts';
import { exampleAt } from '../support/example.ts';
import { searchTraces } from '../support/jaeger.ts';
import { startPlatform } from '../support/platform.ts';
import { stackBackend } from '../support/stack-backend.ts';
import { startTestStack } from './support/test-stack.ts';

const ARGS = ['--no-traffic', '--backend', 'otlp'];
const MOST_TRACES = 20_000;

/** Only Jaeger can return all that it has stored. */
const SPANS = scenario('every exported span is in Jaeger, once', {
  drive: async () => {},
  sees: () => [{ about: 'surplus spans in Jaeger', ask: surplusOfSpans, expected: 0 }],
});

let jaeger: string;

async function surplusOfSpans(backend: Backend): Promise<number> {
  const series = await backend.seriesOf(
    'moneytrail_telemetry_exported_total{telemetry_signal="traces"}',
  );
  const exported = series.flatMap(({ samples }) => samples).map(({ value }) => value);
  const traces = await searchTraces(jaeger, 'creator-platform', {}, MOST_TRACES);
  const held = [...traces.values()].flat().length;
  return held - exported.reduce((sum, value) => sum + value, 0);
}

describeCases('the real stack', [...CASES, SPANS], async () => {
  const testStack = await startTestStack({ MONEYTRAIL_SPAN_METRICS_INTERVAL: '1s' });
  jaeger = testStack.stack.urls.jaeger;
  const env = { ...testStack.stack.env, OTEL_METRIC_EXPORT_INTERVAL: '1000' };
  const platform = await startPlatform({ args: ARGS, env });
  return {
    example: exampleAt(platform.appUrl, platform.dataDir),
    backend: stackBackend(testStack.stack.urls),
    close: async () => {
      await platform.close();
      await testStack.close();
    },
  };
});
