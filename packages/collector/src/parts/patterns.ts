/** Keys whose value is a secret whatever it looks like. */
export const SECRET_KEYS: readonly string[] = [
  '(?i)(?:^|[._-])(?:card[._-]?number|cardnumber|pan|cvv2?|cvc2?|iban|account[._-]?number|authorization|secret|token|passwd|password|api[._-]?key|e?mail)$',
];

/** Texts that are secret wherever they stand. */
export const SECRET_VALUES: readonly string[] = [
  '\\b(?:4\\d{12}(?:\\d{3}){0,2}|5[0-8]\\d{14}|3[47]\\d{13})\\b',
];
