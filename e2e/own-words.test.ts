/** A service with its own providers, methods and purposes: in JavaScript, and with TypeScript. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runIn } from '../packages/telemetry/test/support/process.ts';
import {
  attributeOf,
  type Receiver,
  startReceiver,
} from '../packages/telemetry/test/support/receiver.ts';
import { ROOT } from '../tools/repository.ts';
import { installed } from './support/installed.ts';

/** The declaration of the documentation, in a file of the service. */
const DECLARATION =
  readFileSync(`${ROOT}docs/own-words.md`, 'utf8').split('```typescript\n')[1]?.split('```')[0] ??
  '';

let receiver: Receiver;
let folder = '';

beforeAll(async () => {
  receiver = await startReceiver();
  folder = installed({ dependencies: {}, sources: 'e2e/services/own-words' });
  writeFileSync(join(folder, 'words.ts'), DECLARATION);
});

afterAll(() => receiver.close());

it('a service in plain JavaScript sends its own values, and gets the reason why an amount is invalid', async () => {
  const command = ['node', '--import', '@moneytrail/telemetry/register', 'app.mjs'] as const;
  const service = runIn(folder, command, { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url });
  const { stdout } = await service.ended;
  expect(stdout).toMatch(/recorded\nrecorded\nrecorded\nMONEYTRAIL_PROVIDER_UNKNOWN/);
  const names = ['payment.provider', 'payment.method.type', 'payment.purpose', 'money.currency'];
  const sent = receiver.records.map((record) => names.map((name) => attributeOf(record, name)));
  expect(sent).toEqual([
    ['mollie', 'sepa_debit', 'invoice', 'EUR'],
    ['mollie', 'sepa_debit', 'invoice', 'EUR'],
    ['mollie', 'sepa_debit', '_OTHER', 'CHF'],
  ]);
});

describe('the compiler', () => {
  /** Its output for one file of the service. */
  const compiled = (file: string): string => {
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext'];
    const more = ['--target', 'es2024', '--allowImportingTsExtensions', '--types', ''];
    const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
    const { stdout } = spawnSync(process.execPath, [compiler, ...options, ...more, file], {
      cwd: folder,
      encoding: 'utf8',
    });
    return stdout;
  };

  it('accepts any value without a declaration', () => {
    expect(compiled('free.ts')).toBe('');
  });

  it('accepts known and declared values, and suggests a correction for a typo', () => {
    const said = compiled('declared.ts');
    expect(said.trim().split('\n')).toHaveLength(1);
    expect(said).toMatch(/^declared\.ts\(8,.*Did you mean '"invoice"'\?/);
  });
});
