/**
 * Runs at every start, so each statement must be idempotent. People are codes and handles and never leave the ledger:
 * telemetry contains ids of payments, commissions and payouts only.
 */
export const SCHEMA = `
  create table if not exists referrers (
    code text primary key,
    referred_by text references referrers (code)
  );

  create table if not exists payments (
    id text primary key,
    creator text not null,
    tier1_referrer text references referrers (code),
    tier2_referrer text references referrers (code),
    amount_minor bigint not null check (amount_minor > 0),
    currency text not null,
    status text not null,
    created_at timestamptz not null default now()
  );

  create table if not exists payouts (
    id text primary key,
    provider_id text unique,
    payee text not null references referrers (code),
    amount_minor bigint not null check (amount_minor > 0),
    currency text not null,
    status text not null,
    created_at timestamptz not null default now()
  );

  create table if not exists commissions (
    id text primary key,
    payment_id text not null references payments (id),
    tier text not null,
    payee text not null references referrers (code),
    amount_minor bigint not null check (amount_minor > 0),
    currency text not null,
    status text not null,
    payout_id text references payouts (id),
    created_at timestamptz not null default now()
  );

  create index if not exists commissions_payment on commissions (payment_id);
  create index if not exists commissions_status on commissions (status, created_at);
  create index if not exists commissions_payout on commissions (payout_id);
  create index if not exists payouts_status on payouts (status, created_at);

  insert into referrers (code, referred_by) values
    ('MARLOW', null), ('JUNIPER', null), ('ODETTE', null),
    ('KESTREL', 'MARLOW'), ('SAFFRON', 'MARLOW'), ('TAMSIN', 'JUNIPER'), ('BRAMBLE', 'JUNIPER'),
    ('LARK', 'ODETTE'), ('COBALT', 'KESTREL'), ('WREN', 'TAMSIN')
  on conflict (code) do nothing;
`;
