// Connections that never keep the process from ending.
import { type LookupOptions, lookup } from 'node:dns';
import { readFileSync } from 'node:fs';
import { globalAgent as globalHttpAgent, Agent as HttpAgent } from 'node:http';
import { globalAgent as globalHttpsAgent, Agent as HttpsAgent } from 'node:https';
import { type LookupFunction, Socket } from 'node:net';
import { codedError } from '@moneytrail/catalogue';
import type { SignalSettings, TlsFile } from '../config/signal-settings.ts';
import { ERRORS } from '../errors.ts';

type Callback = Parameters<LookupFunction>[2];

/** A connection that is not established by then is closed and tried again, because it keeps the process alive until then. */
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
    throw codedError(ERRORS, 'MONEYTRAIL_CERTIFICATE_UNREADABLE', { variable, path });
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

/**
 * A lookup runs on a thread of the pool that the file system and the crypto of the service use too, and against a name server
 * that does not answer it takes seconds. So the requests of one signal share the one that is under way.
 */
function createSharedLookup(): LookupFunction {
  const waiting = new Map<string, Callback[]>();
  return (hostname, options: LookupOptions, callback) => {
    const key = `${hostname} ${JSON.stringify(options)}`;
    const others = waiting.get(key);
    if (others !== undefined) {
      others.push(callback);
      return;
    }
    const callbacks = [callback];
    waiting.set(key, callbacks);
    lookup(hostname, options, (...result) => {
      waiting.delete(key);
      for (const each of callbacks) Reflect.apply(each, undefined, result);
    });
  };
}
