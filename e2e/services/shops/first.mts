// The entry of a service whose first line is our import.
import '@moneytrail/telemetry/register';

await import('./typescript.mts');
