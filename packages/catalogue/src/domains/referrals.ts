/** Referrals: the steps from a shared link to an active person. */
import { domain } from '../model/domain.ts';

/** Referrals: the steps from a shared link to an active person. */
export const REFERRALS = domain({
  name: 'referrals',
  help: 'Referrals: the steps from a shared link to an active person.',
  attributes: {
    'referral.id': { kind: 'id', help: 'Referral in the application; not a person.' },
    'referral.step': {
      kind: 'set',
      help: 'Step of the referral funnel.',
      values: {
        shared: 'The link was shared.',
        clicked: 'The link was opened.',
        signed_up: 'The referred person signed up.',
        activated: 'The referred person became active.',
      },
    },
    'share.platform': {
      kind: 'set',
      help: 'Where a link was shared.',
      values: {
        twitter: 'X, formerly Twitter.',
        facebook: 'Facebook.',
        linkedin: 'LinkedIn.',
        whatsapp: 'WhatsApp.',
        telegram: 'Telegram.',
        reddit: 'Reddit.',
        discord: 'Discord.',
        slack: 'Slack.',
        email: 'E-mail.',
        sms: 'A text message.',
      },
    },
  },
  events: {
    'referral.shared': {
      help: 'A referral link was shared.',
      severity: 'INFO',
      identity: ['id'],
      optional: { id: 'referral.id', platform: 'share.platform' },
    },
    'referral.clicked': {
      help: 'A referral link was opened.',
      severity: 'INFO',
      identity: ['id'],
      optional: { id: 'referral.id', platform: 'share.platform' },
    },
    'referral.signed_up': {
      help: 'A referred person signed up.',
      severity: 'INFO',
      identity: ['id'],
      optional: { id: 'referral.id', platform: 'share.platform' },
    },
    'referral.activated': {
      help: 'A referred person became active.',
      severity: 'INFO',
      identity: ['id'],
      optional: { id: 'referral.id', platform: 'share.platform' },
    },
  },
  instruments: {
    'referral.funnel': {
      kind: 'counter',
      unit: '{step}',
      help: 'Steps of the referral funnel.',
      attributes: ['referral.step', 'share.platform'],
      on: {
        'referral.shared': { 'referral.step': 'shared' },
        'referral.clicked': { 'referral.step': 'clicked' },
        'referral.signed_up': { 'referral.step': 'signed_up' },
        'referral.activated': { 'referral.step': 'activated' },
      },
    },
    'referral.active': {
      kind: 'gauge',
      unit: '{referral}',
      help: 'Referrals that are active, set by the one process that counts them.',
      attributes: [],
    },
  },
});
