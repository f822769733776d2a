import './node-version.ts';
import { startTelemetry } from './start.ts';

// The whole of the one-line import: `import '@moneytrail/telemetry/register'`, `--import` and `-r` all end here.
startTelemetry();
