import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { freePort } from '../process/free-port.ts';
import { identitiesWith, MARK } from '../process/identity.ts';
import { startParentWatch } from '../process/parent-watch.ts';
import { keepOldLog, lastLines, logText, Program } from '../process/program.ts';

const SERVER = `
  const server = require('node:http').createServer((_, response) => response.end());
  server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('ready: ' + process.env.PORT));
  if (process.env.STUBBORN) process.on('SIGTERM', () => console.log('stays'));
`;

let folder = '';
const running: Program[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'moneytrail-program-'));
});

afterEach(async () => {
  for (const program of running.splice(0)) await program.signal('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function start(script: string, env: Readonly<Record<string, string>> = {}): Program {
  const program = new Program({
    command: process.execPath,
    args: ['-e', script],
    env: { ...process.env, ...env },
    cwd: folder,
    logFile: join(folder, 'program.log'),
    failure: (how) => new Error(`the program ${how}`),
  });
  running.push(program);
  return program;
}

describe('a program', () => {
  it('is ready when its address responds, or when it prints a line', async () => {
    const port = await freePort();
    const program = start(SERVER, { PORT: String(port) });
    expect(await program.respondsAt(`http://127.0.0.1:${port}`)).toBeGreaterThan(0);
    expect(await program.printed(/ready: (\d+)/)).toBe(String(port));
    expect(program.hasEnded()).toBe(false);
  });

  it.each([
    ['process.exit(3)', 'ended with exit code 3'],
    ['process.kill(process.pid, "SIGTERM")', 'ended with SIGTERM'],
  ])('that runs %s is a failure before it is ready', async (script, how) => {
    const program = start(script);
    await expect(program.printed(/(never)/)).rejects.toThrow(`the program ${how}`);
    await expect(program.ended).resolves.toBe(how);
  });

  it('that cannot be started is a failure with the reason', async () => {
    const program = new Program({
      command: join(folder, 'none'),
      args: [],
      env: {},
      cwd: folder,
      logFile: join(folder, 'none.log'),
      failure: (how) => new Error(how),
    });
    await expect(program.printed(/(never)/)).rejects.toThrow('could not be started: spawn');
    expect(program.stopRequested()).toBe(false);
  });

  it('is stopped by SIGTERM, even when it is suspended', async () => {
    const program = start(SERVER, { PORT: String(await freePort()) });
    await program.printed(/(ready)/);
    await program.signal('SIGSTOP');
    expect(program.stopRequested()).toBe(false);
    await program.stop();
    await expect(program.ended).resolves.toBe('ended with SIGTERM');
    expect(program.stopRequested()).toBe(true);
  });

  it('that ignores SIGTERM is killed', async () => {
    const program = start(SERVER, { PORT: String(await freePort()), STUBBORN: '1' });
    await program.printed(/(ready)/);
    await program.stop();
    await expect(program.ended).resolves.toBe('ended with SIGKILL');
    expect(logText(program.logFile)).toContain('stays');
  }, 30_000);
});

describe('the log of a program', () => {
  it('ends with its last twelve lines and its name, without the frames of a stack trace', async () => {
    const lines = 'for (let line = 1; line < 15; line += 1) console.log("line " + line)';
    const program = start(`${lines}; console.log("    at frame")`);
    await program.ended;
    const expected = Array.from({ length: 12 }, (_, index) => `    line ${index + 3}`);
    expect(lastLines(program.logFile).split('\n')).toEqual([
      ...expected,
      `    (from ${program.logFile})`,
    ]);
  });

  it('of the previous run is kept under another name', async () => {
    await start('console.log("first")').ended;
    keepOldLog(join(folder, 'program.log'));
    await start('console.log("second")').ended;
    expect(logText(join(folder, 'program.log.old'))).toBe('first\n');
    expect(logText(join(folder, 'program.log'))).toBe('second\n');
  });
});

it('a parent watch ends every process that has its variables', async () => {
  const watch = startParentWatch();
  const program = start(SERVER, { PORT: String(await freePort()), ...watch.env });
  await program.printed(/(ready)/);
  const mark = watch.env[MARK] ?? '';
  expect(identitiesWith(mark).map(({ pid }) => pid)).toContain(program.pid);
  watch.end();
  await expect(program.ended).resolves.toBe('ended with SIGTERM');
  expect(program.stopRequested()).toBe(false);
});
