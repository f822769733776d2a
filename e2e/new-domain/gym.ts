/** A domain for this test only: memberships of a gym. */
import { defineCatalogue } from '@moneytrail/metrics';

export const GYM = defineCatalogue({
  prefix: 'gym',
  attributes: {
    'membership.id': { kind: 'id', help: 'One membership.' },
    'membership.plan': {
      kind: 'set',
      help: 'How long it runs.',
      values: { month: 'One month.', year: 'One year.' },
    },
    'membership.status': {
      kind: 'set',
      help: 'State of a membership.',
      values: { started: 'Begun.', ended: 'Ended.' },
    },
  },
  events: {
    'membership.started': {
      help: 'A membership began.',
      severity: 'INFO',
      identity: ['id'],
      amounts: { amount: 'required', tax: 'required' },
      required: { id: 'membership.id', plan: 'membership.plan' },
      optional: { payment: 'payment.id' },
    },
    'membership.ended': {
      help: 'A membership ended.',
      severity: 'INFO',
      identity: ['id'],
      required: { id: 'membership.id' },
    },
  },
  instruments: {
    'membership.starts': {
      kind: 'counter',
      unit: '{membership}',
      help: 'Memberships that began.',
      attributes: ['membership.plan'],
      on: { 'membership.started': {} },
    },
    'membership.tax.volume': {
      kind: 'counter',
      unit: '{currency_unit}',
      help: 'Taxes on memberships, in major units.',
      attributes: ['money.currency'],
      adds: { amount: 'tax' },
      on: { 'membership.started': {} },
    },
    'membership.transitions': {
      kind: 'counter',
      unit: '{transition}',
      help: 'Changes of state of memberships.',
      attributes: ['membership.status'],
      lifecycle: {
        of: 'membership',
        counts: 'final_states',
        as: { ended: { 'membership.status': 'ended' } },
      },
    },
  },
  lifecycles: {
    membership: {
      help: 'A membership, from its start to its end.',
      id: 'membership.id',
      states: { started: 'Begun.', ended: 'Ended.' },
      final: ['ended'],
      on: { 'membership.started': 'started', 'membership.ended': 'ended' },
    },
  },
});
