/** Transfers: money that moves between accounts at the provider. */
import { domain } from '../model/domain.ts';
import { PROVIDER_MONEY } from './shared.ts';

/** Transfers: money that moves between accounts at the provider. */
export const TRANSFERS = domain({
  name: 'transfers',
  help: 'Transfers: money that moves between accounts at the provider.',
  attributes: {
    'transfer.id': { kind: 'id', help: 'Transfer between accounts at the provider.' },
    'transfer.reversal.id': { kind: 'id', help: 'One reversal of a transfer.' },
    'transfer.status': {
      kind: 'set',
      help: 'State of a transfer.',
      values: { created: 'The money was moved.', reversed: 'The money was taken back.' },
    },
  },
  events: {
    'transfer.created': {
      help: 'Money was moved to a connected account.',
      severity: 'INFO',
      ...PROVIDER_MONEY,
      optional: { id: 'transfer.id', payment: 'payment.id' },
    },
    'transfer.reversed': {
      help: 'Money was taken back from a connected account; each reversal is an event.',
      severity: 'WARN',
      ...PROVIDER_MONEY,
      identity: ['reversal', 'id'],
      optional: { id: 'transfer.id', payment: 'payment.id', reversal: 'transfer.reversal.id' },
    },
  },
  instruments: {
    transfers: {
      kind: 'counter',
      unit: '{transfer}',
      help: 'Transfers between accounts by state.',
      attributes: ['transfer.status', 'account.kind'],
      on: {
        'transfer.created': { 'transfer.status': 'created' },
        'transfer.reversed': { 'transfer.status': 'reversed' },
      },
    },
  },
  lifecycles: {
    transfer: {
      help: 'A transfer between accounts. A part of it may be reversed, several times.',
      id: 'transfer.id',
      states: { created: 'The money was moved.', reversed: 'Money was taken back.' },
      final: ['reversed'],
      on: { 'transfer.created': 'created', 'transfer.reversed': 'reversed' },
    },
  },
});
