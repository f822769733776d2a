/** Tests with `instrumentation-pino`. */
import { spawnSync } from 'node:child_process';
import { expect, it } from '@jest/globals';

/** Prints two lines inside a span, ours and one of plain pino, then the sent records. */
const SCRIPT = `
  import { context, logs, trace } from '@opentelemetry/api';
  import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
  import { registerInstrumentations } from '@opentelemetry/instrumentation';
  import { PinoInstrumentation } from '@opentelemetry/instrumentation-pino';
  import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
  import { TracerProvider } from '@opentelemetry/sdk-trace';
  import { register } from 'import-in-the-middle/register-hooks.mjs';

  register({ include: ['pino'] });
  registerInstrumentations({ instrumentations: [new PinoInstrumentation({ disableLogSending: true })] });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(new TracerProvider());
  const exporter = new InMemoryLogRecordExporter();
  logs.setGlobalLoggerProvider(new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] }));

  const { createLogger } = await import('@moneytrail/logs');
  const { pino } = await import('pino');
  trace.getTracer('test').startActiveSpan('work', () => {
    createLogger({ environment: {} }).child({ token: 'secret' }).info({ a: 1 }, 'ours');
    pino().info('bare');
  });
  console.log(JSON.stringify(exporter.getFinishedLogRecords().map(({ body, attributes }) => [body, attributes])));
`;

it('with instrumentation-pino a line has each id once and is sent once', () => {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--conditions=@moneytrail/source', '--input-type=module', '--eval', SCRIPT],
    { encoding: 'utf8', cwd: import.meta.dirname },
  );
  expect(stderr).toBe('');
  // Plain pino writes later, so the order of the lines varies.
  const lines = stdout.trim().split('\n');
  const [ours = '', bare = '', sent = ''] = ['"ours"}', '"bare"}', '["ours",'].map((part) =>
    lines.find((line) => line.includes(part)),
  );
  for (const id of ['trace_id', 'span_id', 'trace_flags']) {
    expect(ours.split(`"${id}"`)).toHaveLength(2);
    // Plain pino has them too, so the instrumentation is active.
    expect(bare.split(`"${id}"`)).toHaveLength(2);
  }
  expect(JSON.parse(ours)).toMatchObject({ a: 1, token: '[redacted]', msg: 'ours' });
  expect(JSON.parse(sent)).toEqual([['ours', { a: 1, token: '[redacted]' }]]);
});
