import { startTelemetry } from './index.ts';

// The whole of the one-line import: `import '@moneytrail/telemetry/register'`, `--import` and `-r` all end here.
startTelemetry();
