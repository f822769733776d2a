/** Public API: finds and masks secrets and personal data, by the names of fields and by patterns in strings. */

export { REDACTED_FIELDS } from './fields.ts';
export type { Censor, HiddenPath } from './hidden.ts';
export { pathNames } from './hidden.ts';
export type { Sensitive } from './names.ts';
export { sensitiveFields } from './names.ts';
export { isCardNumber } from './numbers.ts';
export { MASK } from './patterns.ts';
export type { Redact } from './redactor.ts';
export { redactor } from './redactor.ts';
export { remembered } from './remember.ts';
export { maskSql } from './sql.ts';
export { maskName, maskText } from './text.ts';
export { maskPath, maskQuery, maskUrl, URL_MASK } from './url.ts';
