import { createServer, type RequestListener, request, type Server } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createWebhook, MAX_BODY_BYTES, type OnEvent, webhookHandler } from '@moneytrail/providers';
import { stripe } from '@moneytrail/providers/stripe';
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import express from 'express';
import type Stripe from 'stripe';
import {
  bodyOf,
  counted,
  deliveriesAmong,
  eventsAmong,
  recordedSoFar,
  resetRecording,
  SECRET,
  signatureOf,
  startRecording,
} from './support.ts';

const DEADLINE_MS = 5_000;
/** What may be a signature, as far as can be seen without the body. */
const WELL_FORMED = `t=1,v1=${'0'.repeat(64)}`;
const spanExporter = new InMemorySpanExporter();
const servers: Server[] = [];
let charges = 0;

beforeAll(() => {
  startRecording();
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const processor = new SimpleSpanProcessor({ exporter: spanExporter });
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [processor] }));
});

beforeEach(() => {
  resetRecording();
  spanExporter.reset();
});

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

function handler(onEvent?: OnEvent<Stripe.Event>) {
  return webhookHandler(stripe({ secret: SECRET }), onEvent);
}

async function listen(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

interface Received {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

interface Post {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sends the body in pieces, so that its length is not announced. */
  readonly chunked?: boolean;
  readonly path?: string;
}

function post(
  port: number,
  body: string,
  { headers = {}, chunked = false, path = '/' }: Post = {},
) {
  return new Promise<Received>((resolve, reject) => {
    const length = chunked ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const sent = request(
      { port, path, host: '127.0.0.1', method: 'POST', headers: { ...length, ...headers } },
      (response) => {
        let text = '';
        response.on('data', (chunk) => (text += chunk));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, body: text, headers: response.headers });
        });
      },
    );
    sent.on('error', reject);
    for (let at = 0; chunked && at < body.length; at += 65_536) {
      sent.write(body.slice(at, at + 65_536));
    }
    sent.end(chunked ? undefined : body);
  });
}

const nowSeconds = (): number => Math.floor(Date.now() / 1000);

function signedCharge(padTo = 0): { body: string; headers: Record<string, string> } {
  charges += 1;
  const object = { id: `ch_http_${charges}`, amount: 100, currency: 'eur', captured: true };
  const body = bodyOf({ type: 'charge.succeeded', object, created: nowSeconds() }).padEnd(padTo);
  const type = { 'content-type': 'application/json' };
  return { body, headers: { ...type, 'stripe-signature': signatureOf(body, nowSeconds()) } };
}

function revokedProxy(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

async function waitForStatus(status: number, ask: () => Promise<Received>): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS;
  let response = await ask();
  while (response.status !== status && Date.now() < deadline) response = await ask();
  expect(response.status).toBe(status);
}

async function waitFor(done: () => boolean): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS;
  while (!done()) {
    if (Date.now() > deadline) throw new Error(`not within ${DEADLINE_MS} ms`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Deliveries that were counted as refused or failed, whether or not they are events. */
function refused(): number {
  return (
    counted('webhook.deliveries', { 'webhook.result': 'error' }) +
    counted('webhook.deliveries', { 'webhook.result': 'invalid_signature' })
  );
}

function results(): string[] {
  return deliveriesAmong(recordedSoFar()).map(({ event }) => event);
}

describe('the handler on node:http', () => {
  it('responds with JSON and records the event', async () => {
    const port = await listen(handler());
    const { body, headers } = signedCharge();
    const response = await post(port, body, { headers });
    expect([response.status, response.body]).toEqual([200, '{"result":"ok"}']);
    expect(response.headers['content-type']).toBe('application/json');
    expect(eventsAmong(recordedSoFar())).toHaveLength(1);
  });

  it('refuses a request without signature', async () => {
    const response = await post(await listen(handler()), '{}');
    expect([response.status, response.body]).toEqual([
      400,
      '{"result":"invalid_signature","code":"signature_missing"}',
    ]);
  });

  it.each([
    ['announced', false, MAX_BODY_BYTES, 200],
    ['announced', false, MAX_BODY_BYTES + 1, 413],
    ['not announced', true, MAX_BODY_BYTES, 200],
    ['not announced', true, MAX_BODY_BYTES + 1, 413],
  ])(
    'responds to a body whose length is %s (chunked %s), %s bytes, with %s',
    async (_, chunked, size, status) => {
      const port = await listen(handler());
      const { body, headers } = signedCharge(size);
      const before = refused();
      const response = await post(port, body, { headers, chunked });
      expect(response.status).toBe(status);
      if (status === 413) {
        expect(response.body).toBe('{"result":"error","code":"body_too_large"}');
        expect(refused()).toBe(before + 1);
        expect(recordedSoFar()).toEqual([]);
      }
    },
  );

  it('counts a body that is cut off, and serves on', async () => {
    const port = await listen(handler());
    const before = refused();
    const head = `POST / HTTP/1.1\r\nhost: a\r\nstripe-signature: ${WELL_FORMED}\r\n`;
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(`${head}content-length: 100\r\n\r\n{"id"`, () => {
        socket.resetAndDestroy();
      });
    });
    socket.on('error', () => undefined);
    await waitFor(() => refused() === before + 1);
    expect(results()).toEqual([]);
    const { body, headers } = signedCharge();
    expect((await post(port, body, { headers })).status).toBe(200);
  });

  it('responds with 500 when the application fails, and its span keeps the error', async () => {
    const failing = handler(() => {
      throw new Error('ledger is closed');
    });
    const tracer = trace.getTracer('test');
    const port = await listen((incoming, response) => {
      tracer.startActiveSpan('POST', (span) => {
        response.on('finish', () => span.end());
        failing(incoming, response);
      });
    });
    const { body, headers } = signedCharge();
    const response = await post(port, body, { headers });
    expect([response.status, response.body]).toEqual([
      500,
      '{"result":"error","code":"application_error"}',
    ]);
    await waitFor(() => spanExporter.getFinishedSpans().length === 1);
    const events = spanExporter.getFinishedSpans()[0]?.events.map(({ name }) => name);
    expect(events).toContain('exception');
    expect(results()).toEqual(['webhook.failed']);
    expect(eventsAmong(recordedSoFar())).toHaveLength(1);
  });
});

describe('unsigned requests', () => {
  it.each<[string, Record<string, string>, string]>([
    ['no signature', {}, 'signature_missing'],
    ['garbage for a signature', { 'stripe-signature': 'garbage' }, 'signature_invalid'],
    [
      'a signature without a time',
      { 'stripe-signature': `v1=${'0'.repeat(64)}` },
      'signature_invalid',
    ],
    ['a short signature', { 'stripe-signature': `t=1,v1=${'0'.repeat(63)}` }, 'signature_invalid'],
    [
      '1500 signatures',
      { 'stripe-signature': `t=1${`,v1=${'0'.repeat(64)}`.repeat(100)}` },
      'signature_invalid',
    ],
  ])(
    'with %s get their response before their body arrives, and are counted',
    async (_, headers, code) => {
      const port = await listen(handler());
      const before = refused();
      const response = await new Promise<string>((resolve, reject) => {
        const length = { 'content-length': '1000000' };
        const sent = request(
          { port, method: 'POST', headers: { ...length, ...headers } },
          (response) => {
            response.on('data', (chunk) => resolve(String(chunk)));
            response.on('end', () => sent.destroy());
          },
        );
        sent.on('error', reject);
        sent.write('{');
      });
      expect(JSON.parse(response).code).toBe(code);
      expect(refused()).toBe(before + 1);
      expect(recordedSoFar()).toEqual([]);
    },
  );

  it('get 408 when a body takes longer than ten seconds, and the connection is closed', async () => {
    const port = await listen(handler());
    const headers = { 'content-length': '1000', 'stripe-signature': WELL_FORMED };
    const sent = request({ port, method: 'POST', headers, agent: false });
    const dripping = setInterval(() => sent.write('x'), 500);
    sent.on('error', () => {}).write('{');
    const status = await new Promise((resolve) => {
      sent.on('response', (response) => resolve(response.resume().statusCode));
    });
    const closed = new Promise((resolve) => sent.on('close', resolve));
    clearInterval(dripping);
    expect(status).toBe(408);
    await closed;
  }, 20_000);

  it('get 503 when all bodies together are more than 16 MiB, and a delivery is taken afterwards', async () => {
    const port = await listen(handler());
    const half = 'x'.repeat(MAX_BODY_BYTES - 1);
    const held = Array.from({ length: 18 }, () => {
      const headers = { 'content-length': String(MAX_BODY_BYTES), 'stripe-signature': WELL_FORMED };
      const sent = request({ port, method: 'POST', headers, agent: false });
      const status = new Promise<number>((resolve) => {
        sent.on('response', (response) => resolve(response.resume().statusCode ?? 0));
      });
      sent.on('error', () => {}).write(half);
      return { sent, status };
    });
    expect(await Promise.race(held.map(({ status }) => status))).toBe(503);
    for (const { sent } of held) sent.destroy();
    const { body, headers } = signedCharge();
    await waitForStatus(200, () => post(port, body, { headers }));
  });
});

describe('an application that throws', () => {
  const unreadable = Object.defineProperty(new Error(), 'message', {
    get: () => {
      throw new Error('hostile');
    },
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['an object without a text', Object.create(null)],
    ['a symbol', Symbol('s')],
    ['an error that cannot be read', unreadable],
    ['a revoked proxy', revokedProxy()],
    ['a thenable', Object.fromEntries([['then', () => undefined]])],
  ])('%s gets the response 500', async (_, error) => {
    const port = await listen(
      handler(() => {
        throw error;
      }),
    );
    const { body, headers } = signedCharge();
    const response = await post(port, body, { headers });
    expect([response.status, response.body]).toEqual([
      500,
      '{"result":"error","code":"application_error"}',
    ]);
  });

  it('and an error handler that throws, too: the sender gets a response', async () => {
    const port = await listen((incoming, response) => {
      const failing = handler(() => Promise.reject(new Error('ledger is closed')));
      failing(incoming, response, () => {
        throw new Error('no error handler');
      });
    });
    const { body, headers } = signedCharge();
    expect((await post(port, body, { headers })).status).toBe(500);
  });

  it('after it has responded itself changes nothing', async () => {
    const port = await listen((incoming, response) => {
      handler(() => {
        response.writeHead(202).end('mine');
        throw new Error('late');
      })(incoming, response);
    });
    const { body, headers } = signedCharge();
    expect(await post(port, body, { headers })).toMatchObject({ status: 202, body: 'mine' });
  });
});

describe('the handler behind a platform that has read the request', () => {
  /** Reads and parses a request as Cloud Functions, NestJS and others do, and keeps its bytes. */
  async function listenBehind(keep: (bytes: Buffer) => unknown): Promise<number> {
    const inner = handler();
    return listen((incoming, response) => {
      const parts: Buffer[] = [];
      incoming.on('data', (part: Buffer) => parts.push(part));
      incoming.on('end', () => {
        const bytes = Buffer.concat(parts);
        const read = { body: JSON.parse(String(bytes)), rawBody: keep(bytes) };
        inner(Object.assign(incoming, read), response);
      });
    });
  }

  it.each<[string, (bytes: Buffer) => unknown]>([
    ['a buffer', (bytes) => bytes],
    ['bytes', (bytes) => new Uint8Array(bytes)],
    ['a text', (bytes) => String(bytes)],
  ])('takes %s of `rawBody`', async (_, keep) => {
    const { body, headers } = signedCharge();
    const response = await post(await listenBehind(keep), body, { headers });
    expect([response.status, response.body]).toEqual([200, '{"result":"ok"}']);
  });

  it.each<[string, (bytes: Buffer) => unknown]>([
    ['nothing', () => undefined],
    ['null', () => null],
    ['a flag', () => true],
    ['what was parsed', (bytes) => JSON.parse(String(bytes))],
  ])('says that the raw body is gone when `rawBody` is %s', async (_, keep) => {
    const { body, headers } = signedCharge();
    const response = await post(await listenBehind(keep), body, { headers });
    expect([response.status, response.body]).toEqual([
      500,
      '{"result":"error","code":"body_not_raw"}',
    ]);
  });

  it.each([
    [MAX_BODY_BYTES, 200],
    [MAX_BODY_BYTES + 1, 413],
  ])('responds to %s bytes of `rawBody` with %s', async (size, status) => {
    const { body, headers } = signedCharge(size);
    const response = await post(await listenBehind((bytes) => bytes), body, { headers });
    expect(response.status).toBe(status);
  });

  it('takes `rawBody` before a body that is a text of its own', async () => {
    const { body, headers } = signedCharge();
    const inner = handler();
    const port = await listen((incoming, response) => {
      inner(Object.assign(incoming, { body: 'changed', rawBody: body }), response);
    });
    expect((await post(port, body, { headers })).status).toBe(200);
  });
});

describe('a webhook without a request of `node:http`', () => {
  const webhook = createWebhook(stripe({ secret: SECRET }));

  it.each<[string, (request: Request) => Promise<string | ArrayBuffer>]>([
    ['text', (request) => request.text()],
    ['bytes', (request) => request.arrayBuffer()],
  ])('takes the %s of a request of the web', async (_, read) => {
    const { body, headers } = signedCharge();
    const request = new Request('http://localhost/', { method: 'POST', body, headers });
    const response = await webhook.process(await read(request), request.headers);
    expect(response).toMatchObject({ result: 'ok' });
  });

  it.each([
    ['lower case', 'stripe-signature'],
    ['upper case', 'Stripe-Signature'],
  ])(
    'takes an event of AWS Lambda, whose body is in base64 and whose headers are in %s',
    async (_, name) => {
      const { body, headers } = signedCharge();
      const event = {
        body: Buffer.from(body).toString('base64'),
        headers: { [name]: headers['stripe-signature'] },
      };
      const response = await webhook.process(Buffer.from(event.body, 'base64'), event.headers);
      expect(response).toMatchObject({ result: 'ok', status: 200 });
    },
  );

  it('says that a request of the web without a signature has none', async () => {
    const request = new Request('http://localhost/', { method: 'POST', body: '{}' });
    const { code } = await webhook.process(await request.text(), request.headers);
    expect(code).toBe('signature_missing');
  });
});

describe('the handler on Express', () => {
  it('serves as a route, and gives the application the event', async () => {
    const seen: string[] = [];
    const app = express();
    app.post(
      '/webhooks/stripe',
      handler((event) => void seen.push(event.type)),
    );
    const port = await listen(app);
    const { body, headers } = signedCharge();
    const response = await post(port, body, { headers, path: '/webhooks/stripe' });
    expect(response.body).toBe('{"result":"ok"}');
    expect(seen).toEqual(['charge.succeeded']);
  });

  it('takes the bytes of a raw parser', async () => {
    const port = await listen(express().use(express.raw({ type: '*/*' }), handler()));
    const { body, headers } = signedCharge();
    expect((await post(port, body, { headers })).status).toBe(200);
  });

  it('takes the text of a text parser', async () => {
    const port = await listen(express().use(express.text({ type: '*/*' }), handler()));
    const { body, headers } = signedCharge();
    expect((await post(port, body, { headers })).status).toBe(200);
  });

  it('behind a JSON parser says that the raw body is gone', async () => {
    const port = await listen(express().use(express.json(), handler()));
    const { body, headers } = signedCharge();
    const before = refused();
    const response = await post(port, body, { headers });
    expect([response.status, response.body]).toEqual([
      500,
      '{"result":"error","code":"body_not_raw"}',
    ]);
    expect(refused()).toBe(before + 1);
  });

  it('behind a JSON parser takes the bytes that were kept', async () => {
    const parser = express.json({
      verify: (request, _response, bytes) => void Object.assign(request, { rawBody: bytes }),
    });
    const port = await listen(express().use(parser, handler()));
    const { body, headers } = signedCharge();
    expect((await post(port, body, { headers })).body).toBe('{"result":"ok"}');
  });

  it('passes what the application throws to the error handler', async () => {
    const app = express();
    app.use(handler(() => Promise.reject(new Error('ledger is closed'))));
    const onError: express.ErrorRequestHandler = (error, _request, response, _next) => {
      response.status(503).send(error.message);
    };
    app.use(onError);
    const { body, headers } = signedCharge();
    const response = await post(await listen(app), body, { headers });
    expect([response.status, response.body]).toEqual([503, 'ledger is closed']);
  });
});
