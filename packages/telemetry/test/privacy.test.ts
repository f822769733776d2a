/** What leaves a service that handles marked secrets in every way that its libraries know: none of them, over any signal. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { run } from './support/process.ts';
import { type Receiver, startReceiver } from './support/receiver.ts';

const FIXTURE = new URL('./fixtures/marked.mjs', import.meta.url).pathname;

let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
});

afterAll(() => receiver.close());

describe.each(['http/json', 'http/protobuf'])('over %s', (protocol) => {
  let sent = '';
  let marks: { readonly secrets: readonly string[]; readonly harmless: readonly string[] };

  beforeAll(async () => {
    receiver.bodies.length = 0;
    const { stdout, stderr, code } = await run([FIXTURE], {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
    }).ended;
    if (code !== 0) throw new Error(stderr);
    marks = JSON.parse(stdout);
    sent = receiver.bodies.join('\n');
  }, 30_000);

  it('no marked secret leaves', () => {
    expect(marks.secrets.length).toBeGreaterThan(500);
    const left = marks.secrets.filter(
      (secret) => sent.includes(secret) || sent.includes(encodeURIComponent(secret)),
    );
    const where = left.map((secret) =>
      sent.slice(Math.max(0, sent.indexOf(secret) - 120), sent.indexOf(secret) + secret.length),
    );
    expect(where).toEqual([]);
  });

  it('two payments whose ids are masked stay two', () => {
    const ids = sent.match(/redacted-[0-9a-f]{32}/g) ?? [];
    expect(new Set(ids).size).toBeGreaterThanOrEqual(2);
  });

  it('harmless look-alikes arrive', () => {
    expect(marks.harmless.filter((value) => !sent.includes(value))).toEqual([]);
  });
});
