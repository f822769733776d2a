/** Conditions on the owner of money: our own money and that of connected accounts are never added. */

/** Our own account. Series of versions before connected accounts do not have the label. */
export const OWN: { readonly 'account.kind': RegExp } = { 'account.kind': /own|/ };

/** Accounts that are connected to our own. */
export const CONNECTED = { 'account.kind': 'connected' } as const;
