/** Payouts, commissions, referrals, webhooks, jobs, health and the telemetry itself. */
export const OPERATION_ATTRIBUTES = {
  'payout.id': { kind: 'id', help: 'Payout at the provider.' },
  'payout.method': {
    kind: 'set',
    values: ['standard', 'instant', '_OTHER'],
    help: 'Speed of a payout.',
  },
  'payout.outcome': {
    kind: 'set',
    values: ['paid', 'failed', 'canceled', '_OTHER'],
    help: 'How a payout ended.',
  },
  'payout.failure.code': { kind: 'text', help: "The provider's own code of the failure." },
  'transfer.id': { kind: 'id', help: 'Transfer between accounts at the provider.' },
  'transfer.reversal.id': { kind: 'id', help: 'One reversal of a transfer.' },
  'transfer.status': {
    kind: 'set',
    values: ['created', 'reversed', '_OTHER'],
    help: 'State of a transfer.',
  },

  'commission.id': { kind: 'id', help: 'Commission in the application.' },
  'commission.tier': {
    kind: 'set',
    values: ['1', '2', '_OTHER'],
    help: 'Level of the referral chain.',
  },
  'commission.status': {
    kind: 'set',
    values: ['created', 'processed', 'approved', 'held', 'paid', 'failed', 'reversed', '_OTHER'],
    help: 'State of a commission.',
  },
  'referral.id': { kind: 'id', help: 'Referral in the application; not a person.' },
  'referral.step': {
    kind: 'set',
    values: ['shared', 'clicked', 'signed_up', 'activated', '_OTHER'],
    help: 'Step of the referral funnel.',
  },
  'share.platform': {
    kind: 'set',
    values: [
      'twitter',
      'facebook',
      'linkedin',
      'whatsapp',
      'telegram',
      'reddit',
      'discord',
      'slack',
      'email',
      'sms',
      '_OTHER',
    ],
    help: 'Where a link was shared.',
  },

  'webhook.id': { kind: 'id', help: 'Delivered event at the provider.' },
  'webhook.type': { kind: 'text', help: "The provider's event type." },
  'webhook.result': {
    kind: 'set',
    values: ['ok', 'duplicate', 'ignored', 'unrecognized', 'invalid_signature', 'error', '_OTHER'],
    help: 'What became of a delivery.',
  },
  'webhook.delivery.lag': { kind: 'number', help: 'Seconds from the event to its delivery.' },
  'job.name': { kind: 'name', help: 'Name of a background job.' },
  'job.run.id': { kind: 'id', help: 'One run of a job.' },
  'job.outcome': {
    kind: 'set',
    values: ['succeeded', 'failed', '_OTHER'],
    help: 'How a run ended.',
  },

  'health.check': { kind: 'name', help: 'Name of a health check.' },
  'health.kind': {
    kind: 'set',
    values: ['liveness', 'readiness', 'startup', '_OTHER'],
    help: 'Which probe a check belongs to.',
  },
  'health.status': {
    kind: 'set',
    values: ['healthy', 'degraded', 'unhealthy', '_OTHER'],
    help: 'State of a check.',
  },
  'health.reason': { kind: 'text', help: 'What a check found.' },

  'telemetry.signal': {
    kind: 'set',
    values: ['traces', 'metrics', 'logs', '_OTHER'],
    help: 'Kind of telemetry.',
  },
  'telemetry.cause': {
    kind: 'set',
    values: ['queue_full', 'export_failed', 'rejected', 'timeout', 'shutdown', '_OTHER'],
    help: 'Why telemetry was dropped.',
  },
  'drop.reason': {
    kind: 'set',
    values: [
      'unknown_event',
      'missing_field',
      'unknown_currency',
      'negative_amount',
      'fractional_amount',
      'unsafe_amount',
      'missing_amount',
      'invalid_value',
      'future_time',
      'currency_mismatch',
      'series_limit',
      'unknown_instrument',
      'conversion',
      'internal',
      '_OTHER',
    ],
    help: 'Why a business fact or a measurement was not recorded as it was given.',
  },
  instrument: { kind: 'name', help: 'Instrument or event without prefix.' },
} as const;
