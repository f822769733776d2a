// Sends requests synchronously, in the last moment of a process. In Node only a thread that the main thread waits for can do that.
import type { Agent } from 'node:http';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import {
  type LastRequest,
  MAX_RESPONSE_BYTES,
  type NoResponse,
  USER_AGENT,
} from '../export/request.ts';
import type { WholeResponse } from '../export/response.ts';

/** Concurrent requests per endpoint. */
const MAX_REQUESTS = 8;

/** The response that the thread received to the request with this number. */
interface ThreadResponse {
  readonly index: number;
  readonly reply: WholeResponse | NoResponse;
}

const TOO_LATE: NoResponse = { cause: 'shutdown', reason: 'the process ended first' };

/** A thread that sends. It is started with the first request, because a start takes some 30 ms. */
export class LastSender {
  readonly #channel = new MessageChannel();
  /** How many responses the thread has received. */
  readonly #received = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  #worker: Worker | undefined;
  /** Number of requests so far. A response that arrives too late must not be taken for that of a later request. */
  #sent = 0;

  /** Sends `requests` and settles each of them by `endMs`, a time of `performance.now()`. Never throws. */
  send(requests: readonly LastRequest[], endMs: number): void {
    const first = this.#sent;
    this.#sent += requests.length;
    const open = new Map(requests.map((request, index) => [first + index, request]));
    try {
      for (const [index, request] of open) this.#worker = this.#post(index, request);
      while (open.size > 0 && performance.now() < endMs) this.#receive(open, endMs);
    } catch (error) {
      // Threads may be forbidden or out of memory.
      const reason = error instanceof Error ? error.message : 'no thread could be started';
      for (const { settle } of open.values()) settle({ cause: 'shutdown', reason });
      return;
    }
    for (const { settle } of open.values()) settle(TOO_LATE);
  }

  #post(index: number, { endpoint, body }: LastRequest): Worker {
    const { url, agent, isCompressed } = endpoint;
    const data = isCompressed ? gzipSync(body) : body;
    const encoding = isCompressed ? { 'content-encoding': 'gzip' } : {};
    const headers = { 'user-agent': USER_AGENT, ...endpoint.headers, ...encoding };
    const worker = this.#worker ?? this.#start();
    worker.postMessage({ index, url, options: optionsOf(agent), headers, data });
    return worker;
  }

  #start(): Worker {
    return new Worker(`(${work})()`, {
      eval: true,
      env: {},
      execArgv: [],
      workerData: { port: this.#channel.port2, received: this.#received, max: MAX_RESPONSE_BYTES },
      transferList: [this.#channel.port2],
    });
  }

  #receive(open: Map<number, LastRequest>, endMs: number): void {
    const seen = Atomics.load(this.#received, 0);
    for (let response = this.#next(); response !== undefined; response = this.#next()) {
      open.get(response.index)?.settle(response.reply);
      open.delete(response.index);
    }
    if (open.size > 0) Atomics.wait(this.#received, 0, seen, endMs - performance.now());
  }

  #next(): ThreadResponse | undefined {
    return receiveMessageOnPort(this.#channel.port1)?.message;
  }
}

/** The options of an agent that can be passed to another thread: certificates and proxies, not functions. */
function optionsOf(agent: Agent): Record<string, unknown> {
  const options: Record<string, unknown> = Reflect.get(agent, 'options');
  const { proxyEnv, ...others } = options;
  const plain = Object.entries(others).filter(([, value]) => typeof value !== 'function');
  // The variables of a proxy may be `process.env` itself, which cannot be cloned.
  const proxy = typeof proxyEnv === 'object' ? { proxyEnv: { ...proxyEnv } } : {};
  return { ...Object.fromEntries(plain), ...proxy, maxSockets: MAX_REQUESTS };
}

/**
 * The program of the thread. It is passed as text, so that it also runs where a bundler has moved this file; therefore it refers to nothing
 * outside of itself, and does not name a function.
 */
function work(): void {
  const { parentPort, workerData } = process.getBuiltinModule('node:worker_threads');
  const { port, received, max } = workerData;
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
        Atomics.add(received, 0, 1);
        Atomics.notify(received, 0);
      });
  });
}
