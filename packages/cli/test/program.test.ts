/** Tests of the program in a shell. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';

const MAIN = new URL('../src/main.ts', import.meta.url).pathname;
const NODE = `${process.execPath} --conditions=@moneytrail/source ${MAIN}`;

function shell(command: string): {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
} {
  const { status, stdout, stderr } = spawnSync(
    'sh',
    ['-c', command.replaceAll('moneytrail', NODE)],
    { encoding: 'utf8' },
  );
  return { code: status, out: stdout, error: stderr };
}

describe('the program', () => {
  it('reads standard input', () => {
    expect(shell("printf 'receivers:\\n' | moneytrail collector lint -")).toMatchObject({
      code: 1,
      out: expect.stringContaining('-:1  error    pipeline-incomplete  there are no pipelines'),
    });
  });

  it('checks what it prints', () => {
    const { code, out } = shell(
      'moneytrail collector print --profile single | moneytrail collector lint -',
    );
    expect({ code, out }).toEqual({ code: 0, out: '-: nothing found\n' });
  });

  it('prints errors on standard error', () => {
    expect(shell('moneytrail collector lint /none.yaml')).toEqual({
      code: 2,
      out: '',
      error: expect.stringMatching(
        /^MONEYTRAIL_CLI_FILE_UNREADABLE: \/none.yaml cannot be read: it does not exist/,
      ),
    });
  });

  it('ends quietly when its output is closed', () => {
    expect(shell('moneytrail collector print --profile single | true').error).toBe('');
  });
});
