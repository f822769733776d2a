/** What the tests of the ends of a process share. */
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import {
  attributeOf,
  type Receiver,
  startReceiver,
} from '../../packages/telemetry/test/support/receiver.ts';

export const REGISTER = ['--import', '@moneytrail/telemetry/register'];

/** The limit of two seconds, and what a busy machine adds. */
export const LIMIT_MS = 3500;

/** The path of a program in `e2e/exits`. */
export function programOf(name: string): string {
  return new URL(`../exits/${name}`, import.meta.url).pathname;
}

/** The ids of the payments that have arrived. */
export function paymentsOf({ records }: Receiver): string[] {
  const ids = records.map((record) => attributeOf(record, 'payment.id') ?? '');
  return ids.filter((id) => id.startsWith('pi_')).sort();
}

/** An endpoint for all tests of a file, empty before each of them. */
export function sharedReceiver(): () => Receiver {
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await startReceiver();
  });
  beforeEach(() => {
    receiver.records.length = 0;
    receiver.spans.length = 0;
    receiver.behaviour = { status: 200 };
  });
  afterAll(() => receiver.close());
  return () => receiver;
}
