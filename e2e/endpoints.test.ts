/** Faulty endpoints: the service continues, and every item has either arrived or is counted with a cause. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Ended, run } from '../packages/telemetry/test/support/process.ts';
import { FAULTS, type Fault } from './endpoints/faults.ts';

const APP = new URL('./endpoints/app.ts', import.meta.url).pathname;
const MADE = 120;
const AT_ONCE = 6;
const SIGNALS = ['traces', 'logs', 'metrics'] as const;
const FAULT_MS = { from: 300, until: 1000 };

const QUICK = {
  OTEL_EXPORTER_OTLP_TIMEOUT: '400',
  OTEL_BSP_SCHEDULE_DELAY: '50',
  OTEL_BLRP_SCHEDULE_DELAY: '50',
  OTEL_METRIC_EXPORT_INTERVAL: '150',
};

interface Entry {
  readonly book: 'recorded' | 'exported' | 'dropped';
  readonly signal: string;
  readonly cause?: string;
  readonly value: number;
}

interface Seen {
  readonly ended: Ended;
  readonly books: readonly Entry[];
  /** Names of received spans and bodies of received log records. */
  readonly arrived: { readonly traces: ReadonlySet<string>; readonly logs: ReadonlySet<string> };
}

/** Runs the service against an endpoint that works, has the fault for a while, and works again. */
async function runAgainst(fault: Fault): Promise<Seen> {
  const arrived = { traces: new Set<string>(), logs: new Set<string>() };
  let firstMs: number | undefined;
  const isFaulty = (): boolean => {
    firstMs ??= performance.now();
    const ms = performance.now() - firstMs;
    return ms > FAULT_MS.from && ms < FAULT_MS.until;
  };
  const respond = (request: IncomingMessage, response: ServerResponse, body: Buffer): void => {
    const keep = (): void => note(arrived, request, body);
    if (isFaulty()) {
      fault(request, response, keep);
      return;
    }
    keep();
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  };
  const server = createServer((request, response) => {
    void buffer(request).then(
      (body) => respond(request, response, body),
      () => {},
    );
  });
  server.on('connection', (socket) => socket.on('error', () => {}));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const env = { ...QUICK, OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` };
  const ended = await run([APP, String(MADE)], env).ended;
  server.closeAllConnections();
  server.close();
  return { ended, arrived, books: ended.code === 0 ? JSON.parse(ended.stdout) : [] };
}

function note(
  arrived: { traces: Set<string>; logs: Set<string> },
  { url = '' }: IncomingMessage,
  body: Buffer,
): void {
  const text = body.toString();
  if (url.endsWith('traces'))
    for (const [name] of text.matchAll(/work \d+/g)) arrived.traces.add(name);
  if (!url.endsWith('logs')) return;
  for (const [line] of text.matchAll(/line \d+/g)) arrived.logs.add(line);
  for (const [id] of text.matchAll(/stripe\/pi_\d+/g)) arrived.logs.add(id);
}

function sum(books: readonly Entry[], book: Entry['book'], signal: string): number {
  return books
    .filter((entry) => entry.book === book && entry.signal === signal)
    .reduce((total, { value }) => total + value, 0);
}

const seen = new Map<string, Seen>();

beforeAll(async () => {
  const waiting = Object.entries(FAULTS);
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [name, fault] = next;
      seen.set(name, await runAgainst(fault));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}, 300_000);

describe.each(Object.keys(FAULTS))('an endpoint that %s', (name) => {
  it('does not end the service', () => {
    expect(seen.get(name)?.ended).toMatchObject({ code: 0, signal: null });
  });

  it.each(SIGNALS)('leaves the accounts of %s balanced', (signal) => {
    const { books = [] } = seen.get(name) ?? {};
    const recorded = sum(books, 'recorded', signal);
    expect(recorded).toBeGreaterThanOrEqual(MADE);
    expect(sum(books, 'exported', signal) + sum(books, 'dropped', signal)).toBe(recorded);
  });

  it.each(['traces', 'logs'] as const)('has received all %s that count as exported', (signal) => {
    const { books = [], arrived } = seen.get(name) ?? {};
    expect(sum(books, 'exported', signal)).toBeLessThanOrEqual(arrived?.[signal].size ?? 0);
    expect(sum(books, 'exported', signal)).toBeGreaterThan(0);
  });

  it('has each loss reported on stderr', () => {
    const { books = [], ended } = seen.get(name) ?? {};
    const lost = books.filter(({ book, value }) => book === 'dropped' && value > 0);
    for (const { signal, cause } of lost) {
      expect(ended?.stderr).toMatch(new RegExp(`items of ${signal} were dropped \\(${cause}\\)`));
    }
  });
});
