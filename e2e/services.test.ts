/** Services as their authors write them, with our packages installed from their tarballs. */
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { runIn } from '../packages/telemetry/test/support/process.ts';
import {
  attributeOf,
  type Receiver,
  startReceiver,
} from '../packages/telemetry/test/support/receiver.ts';
import { installed } from './support/installed.ts';

let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
});

beforeEach(() => {
  receiver.records.length = 0;
  receiver.spans.length = 0;
});

afterAll(() => receiver.close());

it('an Express service sends its payment and the route of the request', async () => {
  const folder = installed({
    dependencies: { express: '5.3.0' },
    sources: 'e2e/services/express',
  });
  const service = runIn(folder, ['node', '-r', '@moneytrail/telemetry/register', 'app.cjs'], {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
  });
  const [, port] = await service.seen(/port (\d+)/);
  const response = await fetch(`http://127.0.0.1:${port}/pay/pi_1`);
  expect(await response.text()).toBe('recorded');
  service.kill('SIGTERM');
  await service.ended;
  expect(receiver.records.map((record) => attributeOf(record, 'payment.id'))).toEqual(['pi_1']);
  expect(receiver.spans.map(({ name }) => name)).toContain('GET /pay/:id');
});
