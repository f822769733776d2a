// Connections that never keep the process from ending.
import { readFileSync } from 'node:fs';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { Socket } from 'node:net';
import { MoneytrailError } from '@moneytrail/catalogue';
import { CERTIFICATE, CLIENT_CERTIFICATE, CLIENT_KEY } from '../variables.ts';
import { createSharedLookup } from './lookup.ts';

/** A connection that is not made by then is given up and tried again: until then it would hold the process. */
const CONNECT_TIMEOUT_MS = 1500;

/** Files of the environment that TLS needs, by the name that Node gives them. */
const TLS_FILES = {
  ca: CERTIFICATE.variable,
  cert: CLIENT_CERTIFICATE.variable,
  key: CLIENT_KEY.variable,
};

/**
 * An agent whose connections never keep the process from ending. Throws `MONEYTRAIL_CERTIFICATE_UNREADABLE` when a
 * variable names a file that cannot be read.
 */
export function createAgent(url: string): HttpAgent {
  const options = { keepAlive: true, lookup: createSharedLookup() };
  const agent = url.startsWith('https:')
    ? new HttpsAgent({ ...options, ...readTlsFiles() })
    : new HttpAgent(options);
  const connect = agent.createConnection;
  agent.createConnection = (...parameters) => {
    const socket = connect.apply(agent, parameters);
    if (socket instanceof Socket) letGo(socket);
    return socket;
  };
  return agent;
}

function readTlsFiles(): Record<string, Buffer> {
  const files = Object.entries(TLS_FILES).flatMap(([name, variable]) => {
    const path = process.env[variable];
    return path ? [[name, readOrThrow(variable, path)]] : [];
  });
  return Object.fromEntries(files);
}

function readOrThrow(variable: string, path: string): Buffer {
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
