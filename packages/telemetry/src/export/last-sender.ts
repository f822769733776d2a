// Sends requests while the process stands still. Node has no way to do that but a thread that is waited for.
import type { Agent } from 'node:http';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import { type Endpoint, MAX_RESPONSE_BYTES, USER_AGENT } from './request.ts';
import type { WholeResponse } from './response.ts';

/** One request, and who is interested in its response. */
export interface Parcel {
  readonly endpoint: Endpoint;
  readonly body: Uint8Array;
  /** Takes the response, or the reason that there is none. */
  readonly settle: (reply: WholeResponse | NoResponse) => void;
}

/** Why there is no response. */
export interface NoResponse {
  readonly cause: 'export_failed' | 'shutdown';
  readonly reason: string;
}

/** Requests under way at the same time, for each endpoint. */
const MAX_REQUESTS = 8;

/** What the thread answers to the request with this number. */
interface Answer {
  readonly index: number;
  readonly reply: WholeResponse | NoResponse;
}

const TOO_LATE: NoResponse = { cause: 'shutdown', reason: 'the process ended first' };

/** A thread that sends. It is started with the first request, because that takes some 30 ms. */
export class LastSender {
  readonly #channel = new MessageChannel();
  /** How many answers the thread has given. */
  readonly #answers = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  #worker: Worker | undefined;
  /** Requests so far: an answer that comes too late belongs to none of the next ones. */
  #sent = 0;

  /** Sends `parcels` and settles each of them by `endMs`, a time of `performance.now()`. Never throws. */
  send(parcels: readonly Parcel[], endMs: number): void {
    const first = this.#sent;
    this.#sent += parcels.length;
    const open = new Map(parcels.map((parcel, index) => [first + index, parcel]));
    try {
      for (const [index, parcel] of open) this.#worker = this.#post(index, parcel);
      while (open.size > 0 && performance.now() < endMs) this.#receive(open, endMs);
    } catch (error) {
      // Threads may be forbidden or out of memory.
      const reason = error instanceof Error ? error.message : 'no thread could be started';
      for (const { settle } of open.values()) settle({ cause: 'shutdown', reason });
      return;
    }
    for (const { settle } of open.values()) settle(TOO_LATE);
  }

  #post(index: number, { endpoint, body }: Parcel): Worker {
    const { url, agent, isCompressed } = endpoint;
    const data = isCompressed ? gzipSync(body) : body;
    const encoding = isCompressed ? { 'content-encoding': 'gzip' } : {};
    const headers = { 'user-agent': USER_AGENT, ...endpoint.headersNow, ...encoding };
    const worker = this.#worker ?? this.#start();
    worker.postMessage({ index, url, options: optionsOf(agent), headers, data });
    return worker;
  }

  #start(): Worker {
    return new Worker(`(${work})()`, {
      eval: true,
      env: {},
      execArgv: [],
      workerData: { port: this.#channel.port2, answers: this.#answers, max: MAX_RESPONSE_BYTES },
      transferList: [this.#channel.port2],
    });
  }

  #receive(open: Map<number, Parcel>, endMs: number): void {
    const seen = Atomics.load(this.#answers, 0);
    for (let answer = this.#next(); answer !== undefined; answer = this.#next()) {
      open.get(answer.index)?.settle(answer.reply);
      open.delete(answer.index);
    }
    if (open.size > 0) Atomics.wait(this.#answers, 0, seen, endMs - performance.now());
  }

  #next(): Answer | undefined {
    return receiveMessageOnPort(this.#channel.port1)?.message;
  }
}

/** What another thread can be given of the options of an agent: certificates and proxies, no functions. */
function optionsOf(agent: Agent): Record<string, unknown> {
  const options: Record<string, unknown> = Reflect.get(agent, 'options');
  const { proxyEnv, ...others } = options;
  const plain = Object.entries(others).filter(([, value]) => typeof value !== 'function');
  // The variables of a proxy may be the environment itself, which cannot be given away.
  const proxy = typeof proxyEnv === 'object' ? { proxyEnv: { ...proxyEnv } } : {};
  return { ...Object.fromEntries(plain), ...proxy, maxSockets: MAX_REQUESTS };
}

/**
 * The whole of the thread. It is given as text, so that it also runs where a bundler has moved this file; therefore it refers to nothing
 * outside of itself, and gives no name to a function.
 */
function work(): void {
  const { parentPort, workerData } = process.getBuiltinModule('node:worker_threads');
  const { port, answers, max } = workerData;
  const agents = new Map();
  parentPort?.on('message', ({ index, url, options, headers, data }) => {
    const { Agent, request } = process.getBuiltinModule(
      url.startsWith('https:') ? 'node:https' : 'node:http',
    );
    const { origin } = new URL(url);
    if (!agents.has(origin)) agents.set(origin, new Agent(options));
    const length = { 'content-length': data.byteLength };
    void new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
      request(url, {
        method: 'POST',
        agent: agents.get(origin),
        headers: { ...headers, ...length },
      })
        .on('response', resolve)
        .on('error', reject)
        .end(data);
    })
      .then(async (response) => {
        const chunks: Uint8Array[] = [];
        let size = 0;
        for await (const chunk of response) {
          size += chunk.byteLength;
          if (size > max) throw new Error(`the response exceeds ${max} bytes`);
          chunks.push(chunk);
        }
        const { statusCode: status = 0, statusMessage: statusText = '' } = response;
        const contentType = response.headers['content-type'];
        return { status, statusText, contentType, body: Buffer.concat(chunks) };
      })
      .catch((error) => ({
        cause: 'export_failed',
        reason: String(error?.message || error?.code),
      }))
      .then((reply) => {
        port.postMessage({ index, reply });
        Atomics.add(answers, 0, 1);
        Atomics.notify(answers, 0);
      });
  });
}
