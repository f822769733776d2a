/** Helpers for the tests of how processes end. */
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import {
  attributeOf,
  type Receiver,
  startReceiver,
} from '../../packages/telemetry/test/support/receiver.ts';

export const REGISTER = ['--import', '@moneytrail/telemetry/register'];

/** The limit of two seconds, and the overhead of a busy machine. */
export const LIMIT_MS = 3500;

/** The path of a program in `e2e/exits`. */
export function programOf(name: string): string {
  return new URL(`../exits/${name}`, import.meta.url).pathname;
}

/** The ids of the payments that arrived. */
export function paymentsOf({ records }: Receiver): string[] {
  const ids = records.map((record) => attributeOf(record, 'payment.id') ?? '');
  return ids.filter((id) => id.startsWith('pi_')).sort();
}

/** A receiver for all tests of a file, emptied before each test. */
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
