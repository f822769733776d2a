/** The same service behind an entry of two lines, the form that the README recommends. */
import '@moneytrail/telemetry/register';

await import('./app.ts');
