import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import type { Target } from '../../e2e/stack/support/sender.ts';
import { type EncodedRequest, renew, SPANS_PER_REQUEST } from './load.ts';

/** Concurrent requests, like the exports of four processes. */
const IN_FLIGHT = 4;

/** Sends `spans` spans, each request until it is accepted, and returns the seconds it took. */
export async function sendSpans(
  target: Target,
  requests: readonly EncodedRequest[],
  spans: number,
): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT });
  const startMs = performance.now();
  let left = Math.ceil(spans / SPANS_PER_REQUEST);
  const sendNext = async (lane: number): Promise<void> => {
    // Each lane has its own requests: bytes are not patched while another lane sends them.
    const own = requests.filter((_, index) => index % IN_FLIGHT === lane);
    for (let turn = 0; left-- > 0; turn++) {
      const request = own[turn % own.length];
      if (!request) throw new Error(`At least ${IN_FLIGHT} requests are needed`);
      renew(request);
      await post(target, agent, request.bytes);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, (_, lane) => sendNext(lane)));
  agent.destroy();
  return (performance.now() - startMs) / 1000;
}

async function post({ url, headers }: Target, agent: Agent, bytes: Buffer): Promise<void> {
  const outgoing = httpRequest(`${url}/v1/traces`, {
    method: 'POST',
    agent,
    headers: {
      ...headers,
      'content-type': 'application/x-protobuf',
      'content-length': bytes.length,
    },
  });
  outgoing.end(bytes);
  const [response] = await once(outgoing, 'response');
  const body = Buffer.concat(await response.toArray());
  if (response.statusCode !== 200) throw new Error(`${response.statusCode}: ${body}`);
}
