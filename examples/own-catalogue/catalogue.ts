// The catalogue of a shop: orders and boosts.
import { defineCatalogue } from '@moneytrail/metrics';

export const SHOP = defineCatalogue({
  prefix: 'shop',
  attributes: {
    'order.id': { kind: 'id', help: 'Order in the shop.' },
    'order.carrier': { kind: 'set', help: 'Carrier.', values: { post: 'Post.', bike: 'Courier.' } },
    'boost.id': { kind: 'id', help: 'One boost of a post.' },
    'boost.kind': { kind: 'set', help: 'Length.', values: { day: '24 hours.', week: '7 days.' } },
  },
  events: {
    'order.shipped': {
      help: 'An order left the warehouse.',
      severity: 'INFO',
      identity: ['id'],
      amounts: { amount: 'required', tax: 'optional' },
      required: { id: 'order.id', carrier: 'order.carrier' },
    },
    'boost.bought': {
      help: 'A creator paid for a boost.',
      severity: 'INFO',
      identity: ['id'],
      amounts: { amount: 'required' },
      required: { id: 'boost.id', kind: 'boost.kind', provider: 'payment.provider' },
    },
  },
  instruments: {
    'order.shipments': {
      kind: 'counter',
      attributes: ['order.carrier'],
      unit: '{order}',
      help: 'Shipped orders.',
      on: { 'order.shipped': {} },
    },
    boosts: {
      kind: 'counter',
      unit: '{boost}',
      help: 'Boosts.',
      attributes: ['boost.kind'],
      on: { 'boost.bought': {} },
    },
  },
});
