// Connections that never keep the process from ending.
import { readFileSync } from 'node:fs';
import { globalAgent as globalHttpAgent, Agent as HttpAgent } from 'node:http';
import { globalAgent as globalHttpsAgent, Agent as HttpsAgent } from 'node:https';
import { Socket } from 'node:net';
import { MoneytrailError } from '@moneytrail/catalogue';
import type { SignalSettings, TlsFile } from '../signal-settings.ts';
import { createSharedLookup } from './lookup.ts';

/** A connection that is not made by then is given up and tried again: until then it would hold the process. */
const CONNECT_TIMEOUT_MS = 1500;

/**
 * An agent whose connections never keep the process from ending. They go through the proxy that Node was asked to take from the
 * environment. Throws `MONEYTRAIL_CERTIFICATE_UNREADABLE` when a variable names a file that cannot be read.
 */
export function createAgent({ url, tls }: SignalSettings): HttpAgent {
  const isSecure = url.startsWith('https:');
  // Node keeps there what `NODE_USE_ENV_PROXY` and `--use-env-proxy` ask for; its types do not know it.
  const { proxyEnv } = Reflect.get(isSecure ? globalHttpsAgent : globalHttpAgent, 'options');
  const options = { keepAlive: true, lookup: createSharedLookup(), ...(proxyEnv && { proxyEnv }) };
  const agent = isSecure
    ? new HttpsAgent({ ...options, ...readFiles(tls) })
    : new HttpAgent(options);
  const connect = agent.createConnection;
  agent.createConnection = (...parameters) => {
    const socket = connect.apply(agent, parameters);
    if (socket instanceof Socket) letGo(socket);
    return socket;
  };
  return agent;
}

function readFiles(tls: SignalSettings['tls']): Record<string, Buffer> {
  const files = Object.entries(tls).map(([name, file]) => [name, readOrThrow(file)]);
  return Object.fromEntries(files);
}

function readOrThrow({ variable, path }: TlsFile): Buffer {
  try {
    return readFileSync(path);
  } catch {
    throw new MoneytrailError('MONEYTRAIL_CERTIFICATE_UNREADABLE', variable, path);
  }
}

function letGo(socket: Socket): void {
  socket.unref();
  // The agent refs a connection again each time it is used.
  socket.ref = () => socket;
  const late = Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' });
  const timer = setTimeout(() => socket.destroy(late), CONNECT_TIMEOUT_MS).unref();
  for (const event of ['connect', 'close']) socket.once(event, () => clearTimeout(timer));
}
