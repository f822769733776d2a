// The service named by `APP`, after our import.
import '@moneytrail/telemetry/register';

await import(process.env.APP);
