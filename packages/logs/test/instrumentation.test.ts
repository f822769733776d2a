import { spawnSync } from 'node:child_process';
import { expect, it } from '@jest/globals';

/** Writes two lines inside a span, ours and one of a bare pino, then what was sent. */
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

it('beside instrumentation-pino a line has each id once and is sent once', () => {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--conditions=@moneytrail/source', '--input-type=module', '--eval', SCRIPT],
    { encoding: 'utf8', cwd: import.meta.dirname },
  );
  expect(stderr).toBe('');
  // The lines of a bare pino are written later, so their order says nothing.
  const lines = stdout.trim().split('\n');
  const [ours = '', bare = '', sent = ''] = ['"ours"}', '"bare"}', '["ours",'].map((part) =>
    lines.find((line) => line.includes(part)),
  );
  for (const id of ['trace_id', 'span_id', 'trace_flags']) {
    expect(ours.split(`"${id}"`)).toHaveLength(2);
    // A bare pino has them too: the instrumentation was at work.
    expect(bare.split(`"${id}"`)).toHaveLength(2);
  }
  expect(JSON.parse(ours)).toMatchObject({ a: 1, token: '[redacted]', msg: 'ours' });
  expect(JSON.parse(sent)).toEqual([['ours', { a: 1, token: '[redacted]' }]]);
});
