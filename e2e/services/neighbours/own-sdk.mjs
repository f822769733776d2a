/** A service's own NodeSDK, which sends where `THEIR_SINK` says and instruments HTTP. */
import { createRequire } from 'node:module';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { NodeSDK } from '@opentelemetry/sdk-node';

const sdk = new NodeSDK({
  serviceName: 'theirs',
  traceExporter: new OTLPTraceExporter({ url: `${process.env.THEIR_SINK}/v1/traces` }),
  instrumentations:
    process.env.THEIR_INSTRUMENTATIONS === 'none' ? [] : [new HttpInstrumentation()],
});
sdk.start();
createRequire(import.meta.url)('node:http');
process.on('beforeExit', () => void sdk.shutdown());
