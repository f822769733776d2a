import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { Drops, MoneyRow, Store } from '@moneytrail/store';
import {
  cleanUp,
  eventRecord,
  eventually,
  get,
  line,
  logsRequest,
  post,
  start,
  temporaryFolder,
} from './support.ts';

/** Limit for the start of a process, generous for a busy machine. */
jest.setTimeout(30_000);

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const children: ChildProcess[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await cleanUp();
});

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stderr: string;
}

interface Running {
  readonly child: ChildProcess;
  /** The first line of its stdout or stderr. */
  readonly ready: Promise<string>;
  readonly ended: Promise<Ended>;
}

/** Starts the store as a process, through a shell when limits are set. */
function run(args: readonly string[], shell = ''): Running {
  const command = [process.execPath, '--conditions=@moneytrail/source', MAIN, ...args];
  const child = shell
    ? spawn('sh', ['-c', `${shell}; exec "$@"`, 'sh', ...command], {
        stdio: ['ignore', 'pipe', 'pipe'],
      })
    : spawn(command[0] ?? '', command.slice(1), { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  children.push(child);
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const outputEnded = once(child.stderr ?? child, 'end');
  const ended = once(child, 'exit').then(async ([code, signal]) => {
    await outputEnded;
    return { code, signal, stderr };
  });
  const ready = Promise.race([
    once(child.stdout ?? child, 'data').then(([text]) => String(text)),
    ended.then(() => stderr),
  ]);
  return { child, ready, ended };
}

const storeAt = (ready: string): Store => ({
  url: /http:\S+/.exec(ready)?.[0] ?? 'http://127.0.0.1:1',
  close: () => Promise.resolve(),
});

describe('the store as a process', () => {
  it.each<['SIGTERM' | 'SIGINT' | 'disconnect']>([['SIGTERM'], ['SIGINT'], ['disconnect']])(
    'says when it is ready, ends cleanly on %s and has kept everything',
    async (how) => {
      const dataDir = temporaryFolder();
      const { child, ready, ended } = run(['--port', '0', '--data', dataDir]);
      expect(await ready).toMatch(/^Moneytrail store is ready: http:\/\/127\.0\.0\.1:\d+\n$/);
      const store = storeAt(await ready);
      await post(
        store,
        '/v1/logs',
        logsRequest([eventRecord({ event: 'payment.succeeded', id: '1', minor: 7 })]),
      );
      // An open stream must not keep it alive.
      const stream = await fetch(`${store.url}/api/live`);
      if (how === 'disconnect') child.disconnect();
      else child.kill(how);
      expect(await ended).toEqual({ code: 0, signal: null, stderr: '' });
      await stream.text();
      const again = await start({ dataDir });
      expect((await get<MoneyRow[]>(again, '/api/money')).json).toMatchObject([
        { amount_minor: '7' },
      ]);
    },
  );

  it('keeps working when senders disconnect during a request', async () => {
    const { child, ready, ended } = run(['--port', '0', '--data', temporaryFolder()]);
    const store = storeAt(await ready);
    const { port } = new URL(store.url);
    for (const body of ['', '{"resourceLogs":[']) {
      const socket = connect(Number(port), '127.0.0.1');
      const head = `POST /v1/logs HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n`;
      await new Promise((resolve) => socket.write(head + body, resolve));
      socket.destroy();
      await once(socket, 'close');
    }
    expect((await get(store, '/api/money')).status).toBe(200);
    child.kill('SIGTERM');
    expect(await ended).toEqual({ code: 0, signal: null, stderr: '' });
  });

  it('keeps all acknowledged data when it is killed', async () => {
    const dataDir = temporaryFolder();
    const { child, ready, ended } = run(['--port', '0', '--data', dataDir]);
    const store = storeAt(await ready);
    await post(
      store,
      '/v1/logs',
      logsRequest([eventRecord({ event: 'payment.succeeded', id: '1', minor: 7 })]),
    );
    child.kill('SIGKILL');
    await ended;
    const again = await start({ dataDir });
    expect((await get<MoneyRow[]>(again, '/api/money')).json).toMatchObject([
      { amount_minor: '7' },
    ]);
  });

  it.each([
    ['no folder', [], 'MONEYTRAIL_STORE_OPTION'],
    ['an empty folder name', ['--data', ''], 'MONEYTRAIL_STORE_OPTION'],
    ['a port that is none', ['--data', 'DIR', '--port', '80a'], 'MONEYTRAIL_STORE_OPTION'],
    ['a port that is too high', ['--data', 'DIR', '--port', '65536'], 'MONEYTRAIL_STORE_OPTION'],
    ['an unknown option', ['--data', 'DIR', '--prot', '1'], 'MONEYTRAIL_STORE_OPTION'],
    ['a port in use', ['--data', 'DIR', '--port', 'USED'], 'MONEYTRAIL_STORE_PORT_IN_USE'],
  ])('with %s ends with one coded line', async (_, args, code) => {
    const { port } = new URL((await start()).url);
    const known: Record<string, string> = { DIR: temporaryFolder(), USED: port };
    const { ended } = run(args.map((argument) => known[argument] ?? argument));
    const { code: exit, stderr } = await ended;
    expect(exit).toBe(1);
    expect(stderr).toMatch(new RegExp(`^${code}: .*\\n$`));
  });
});

describe('a file at its size limit', () => {
  it('causes a retryable error, which is counted and ends when there is room again', async () => {
    const dataDir = temporaryFolder();
    // Files of the process are limited to 2 MB; the signal of the limit is ignored, the error is not.
    const full = run(['--port', '0', '--data', dataDir], "trap '' XFSZ; ulimit -f 4096");
    const store = storeAt(await full.ready);
    expect(
      (
        await post(
          store,
          '/v1/logs',
          logsRequest([eventRecord({ event: 'payment.succeeded', id: '1', minor: 7 })]),
        )
      ).status,
    ).toBe(200);
    const padding = 'x'.repeat(50_000);
    let kept = 0;
    const send = async (): Promise<number> => {
      const batch = Array.from({ length: 10 }, (_, index) => line(`${kept}/${index} ${padding}`));
      const { status, headers } = await post(store, '/v1/logs', logsRequest(batch));
      if (status === 200) kept += 1;
      else expect([status, headers.get('retry-after')]).toEqual([503, '5']);
      return status;
    };
    expect(await eventually(send, (status) => status !== 200)).toBe(503);
    expect((await get<MoneyRow[]>(store, '/api/money')).json).toMatchObject([
      { count: 1, amount_minor: '7' },
    ]);
    const lines = (await get<unknown[]>(store, '/api/logs?q=xxx&limit=5000')).json;
    expect(lines).toHaveLength(kept * 10);
    const { drops } = (await get<Drops>(store, '/api/drops')).json;
    expect(drops).toContainEqual(
      expect.objectContaining({ signal: 'logs', cause: 'store_unwritable', by: 'store' }),
    );
    full.child.kill('SIGTERM');
    expect(await full.ended).toMatchObject({ code: 0 });
    const again = await start({ dataDir });
    expect(
      (
        await post(
          again,
          '/v1/logs',
          logsRequest([eventRecord({ event: 'payment.succeeded', id: '2', minor: 1 })]),
        )
      ).status,
    ).toBe(200);
    expect((await get<MoneyRow[]>(again, '/api/money')).json).toMatchObject([
      { count: 2, amount_minor: '8' },
    ]);
  });
});
