/** The live stream of changes. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { HttpError } from '../api/errors.ts';
import type { LiveChange } from '../api/types.ts';
import { streamHeaders } from './response.ts';

const MAX_CLIENTS = 32;
const MESSAGE_MS = 250;
const HEARTBEAT_MS = 15_000;
/** A client with this much unread is disconnected; it reconnects by itself. */
const MAX_WAITING_BYTES = 65_536;

/** A signal that can have new data. */
export type LiveSignal = LiveChange['signals'][number];

/** Notifies open UIs that something changed, at most four times a second. */
export class Live {
  readonly #read: () => Omit<LiveChange, 'signals'>;
  readonly #clients = new Set<ServerResponse>();
  readonly #changed = new Set<LiveSignal>();
  readonly #heartbeat: NodeJS.Timeout;
  #timer: NodeJS.Timeout | undefined;

  constructor(read: () => Omit<LiveChange, 'signals'>) {
    this.#read = read;
    this.#heartbeat = setInterval(() => this.#write(':\n\n'), HEARTBEAT_MS).unref();
  }

  /** Adds a client. Throws `HttpError` when too many are open. */
  connect(request: IncomingMessage, response: ServerResponse): void {
    if (this.#clients.size >= MAX_CLIENTS)
      throw new HttpError('too_many_clients', String(MAX_CLIENTS));
    const first = `retry: 1000\n${this.#message([])}`;
    response.writeHead(200, streamHeaders('text/event-stream'));
    response.write(first);
    this.#clients.add(response);
    request.once('close', () => this.#clients.delete(response));
  }

  /** Announces that these signals have new data. */
  notify(signals: readonly LiveSignal[]): void {
    for (const signal of signals) this.#changed.add(signal);
    if (this.#changed.size === 0 || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => this.#flush(), MESSAGE_MS).unref();
  }

  /** Ends all streams. */
  close(): void {
    clearInterval(this.#heartbeat);
    clearTimeout(this.#timer);
    for (const client of this.#clients) client.end();
    this.#clients.clear();
  }

  #flush(): void {
    this.#timer = undefined;
    const signals = [...this.#changed];
    this.#changed.clear();
    if (this.#clients.size === 0) return;
    try {
      this.#write(this.#message(signals));
    } catch {
      // The file cannot be read at the moment; the next change tries again.
    }
  }

  #message(signals: readonly LiveSignal[]): string {
    const change: LiveChange = { ...this.#read(), signals };
    return `event: change\ndata: ${JSON.stringify(change)}\n\n`;
  }

  #write(text: string): void {
    for (const client of this.#clients) {
      if (client.writableLength > MAX_WAITING_BYTES) client.destroy();
      else client.write(text);
    }
  }
}
