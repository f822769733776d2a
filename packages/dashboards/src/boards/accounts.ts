/** Conditions on whose money it is: what is one's own and what belongs to connected accounts is never added. */

/** The own account. Series of versions that knew one account only have no such label. */
export const OWN: { readonly 'account.kind': RegExp } = { 'account.kind': /own|/ };

/** Accounts that are connected to the own one. */
export const CONNECTED = { 'account.kind': 'connected' } as const;
