/** The same service with an entry file of two lines, as the README recommends. */
import '@moneytrail/telemetry/register';

await import('./app.ts');
