import '@moneytrail/telemetry/register';

await import('./app.ts');
