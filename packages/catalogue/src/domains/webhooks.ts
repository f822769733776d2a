/** Webhooks: deliveries of providers. Each delivery counts, so the events have no identity. */
import { domain } from '../model/domain.ts';

/** What every event of a delivery carries. */
const DELIVERY = {
  identity: [],
  required: { provider: 'payment.provider' },
  optional: {
    id: 'webhook.id',
    type: 'webhook.type',
    lagSeconds: 'webhook.delivery.lag',
    durationSeconds: 'moneytrail.event.duration',
  },
} as const;

const EVERY_DELIVERY = {
  'webhook.processed': {},
  'webhook.duplicated': {},
  'webhook.ignored': {},
  'webhook.unrecognized': {},
  'webhook.test_mode': {},
  'webhook.live_mode': {},
  'webhook.rejected': {},
  'webhook.failed': {},
} as const;

/** Webhooks: deliveries of providers. Each delivery counts, so the events have no identity. */
export const WEBHOOKS = domain({
  name: 'webhooks',
  help: 'Webhooks: deliveries of providers. Each delivery counts, so the events have no identity.',
  attributes: {
    'webhook.id': { kind: 'id', help: 'Delivered event at the provider.' },
    'webhook.type': { kind: 'text', help: "The provider's event type." },
    'webhook.result': {
      kind: 'set',
      help: 'The result of a delivery.',
      values: {
        ok: 'Understood and recorded.',
        duplicate: 'A repetition of a delivery that was recorded.',
        ignored: 'A type that does not concern money.',
        unrecognized: 'A type that the adapter does not know.',
        test_mode: 'Test money where live money counts.',
        live_mode: 'Live money where test money counts.',
        invalid_signature: 'The signature was missing, wrong or old.',
        error: 'The delivery could not be turned into events.',
      },
    },
    'webhook.delivery.lag': { kind: 'number', help: 'Seconds from the event to its delivery.' },
  },
  events: {
    'webhook.processed': {
      help: 'A delivery was understood and recorded.',
      severity: 'INFO',
      ...DELIVERY,
    },
    'webhook.duplicated': {
      help: 'A delivery repeated one that was recorded.',
      severity: 'INFO',
      ...DELIVERY,
    },
    'webhook.ignored': {
      help: 'A delivery of a type that does not concern money.',
      severity: 'INFO',
      ...DELIVERY,
    },
    'webhook.unrecognized': {
      help: 'A delivery of a type that the adapter does not know.',
      severity: 'WARN',
      ...DELIVERY,
    },
    'webhook.test_mode': {
      help: 'A delivery of test money where live money counts; nothing of it was recorded.',
      severity: 'INFO',
      ...DELIVERY,
    },
    'webhook.live_mode': {
      help: 'A delivery of live money where test money counts; nothing of it was recorded.',
      severity: 'WARN',
      ...DELIVERY,
    },
    'webhook.rejected': {
      help: 'A delivery with a missing, wrong or old signature.',
      severity: 'WARN',
      ...DELIVERY,
    },
    'webhook.failed': {
      help: 'A delivery that could not be turned into events.',
      severity: 'WARN',
      ...DELIVERY,
    },
  },
  instruments: {
    'webhook.deliveries': {
      kind: 'counter',
      unit: '{delivery}',
      help: 'Webhook deliveries by result.',
      attributes: ['payment.provider', 'webhook.result'],
      on: {
        'webhook.processed': { 'webhook.result': 'ok' },
        'webhook.duplicated': { 'webhook.result': 'duplicate' },
        'webhook.ignored': { 'webhook.result': 'ignored' },
        'webhook.unrecognized': { 'webhook.result': 'unrecognized' },
        'webhook.test_mode': { 'webhook.result': 'test_mode' },
        'webhook.live_mode': { 'webhook.result': 'live_mode' },
        'webhook.rejected': { 'webhook.result': 'invalid_signature' },
        'webhook.failed': { 'webhook.result': 'error' },
      },
    },
    'webhook.delivery.lag': {
      kind: 'histogram',
      unit: 's',
      help: 'Time from an event at the provider to its delivery.',
      attributes: ['payment.provider'],
      adds: { attribute: 'webhook.delivery.lag' },
      buckets: 'process',
      on: EVERY_DELIVERY,
    },
    'webhook.processing.duration': {
      kind: 'histogram',
      unit: 's',
      help: 'How long handling a delivery took.',
      attributes: ['payment.provider'],
      adds: { attribute: 'moneytrail.event.duration' },
      buckets: 'call',
      on: EVERY_DELIVERY,
    },
  },
});
