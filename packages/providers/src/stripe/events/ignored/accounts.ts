import type { IgnoreReason } from '../../../provider.ts';
import type { EventTypeOf } from '../handling.ts';

type EventType = EventTypeOf<
  | 'account'
  | 'apps'
  | 'capability'
  | 'file'
  | 'financial_connections'
  | 'identity'
  | 'person'
  | 'reporting'
  | 'sigma'
  | 'test_helpers'
>;

/** Accounts, persons, identity, files and reports. */
export const ACCOUNT_EVENTS: Readonly<Record<EventType, IgnoreReason>> = {
  'account.application.authorized': 'no_money',
  'account.application.deauthorized': 'no_money',
  'account.external_account.created': 'no_money',
  'account.external_account.deleted': 'no_money',
  'account.external_account.updated': 'no_money',
  'account.updated': 'no_money',
  'apps.install.created': 'no_money',
  'apps.install.deleted': 'no_money',
  'apps.install.updated': 'no_money',
  'capability.updated': 'no_money',
  'file.created': 'no_money',
  'financial_connections.account.account_numbers_updated': 'no_money',
  'financial_connections.account.created': 'no_money',
  'financial_connections.account.deactivated': 'no_money',
  'financial_connections.account.disconnected': 'no_money',
  'financial_connections.account.expected_deactivation_date_updated': 'no_money',
  'financial_connections.account.reactivated': 'no_money',
  'financial_connections.account.refreshed_balance': 'no_money',
  'financial_connections.account.refreshed_ownership': 'no_money',
  'financial_connections.account.refreshed_transactions': 'no_money',
  'financial_connections.account.supported_payment_method_types_updated': 'no_money',
  'financial_connections.account.upcoming_account_number_expiry': 'no_money',
  'financial_connections.account.upcoming_deactivation': 'no_money',
  'financial_connections.authorization.expected_deactivation_date_updated': 'no_money',
  'financial_connections.authorization.upcoming_deactivation': 'no_money',
  'identity.verification_session.canceled': 'no_money',
  'identity.verification_session.created': 'no_money',
  'identity.verification_session.processing': 'no_money',
  'identity.verification_session.redacted': 'no_money',
  'identity.verification_session.requires_input': 'no_money',
  'identity.verification_session.verified': 'no_money',
  'person.created': 'no_money',
  'person.deleted': 'no_money',
  'person.updated': 'no_money',
  'reporting.report_run.failed': 'no_money',
  'reporting.report_run.succeeded': 'no_money',
  'reporting.report_type.updated': 'no_money',
  'sigma.scheduled_query_run.created': 'no_money',
  'test_helpers.test_clock.advancing': 'no_money',
  'test_helpers.test_clock.created': 'no_money',
  'test_helpers.test_clock.deleted': 'no_money',
  'test_helpers.test_clock.internal_failure': 'no_money',
  'test_helpers.test_clock.ready': 'no_money',
};
