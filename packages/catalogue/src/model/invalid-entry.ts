/** The error of an entry of a catalogue that is not valid. */
import { codedError, type MoneytrailError } from '../coded.ts';
import { CATALOGUE_ERRORS } from '../errors.ts';

/** `MONEYTRAIL_CATALOGUE_INVALID` for an entry, its value, and what is expected instead. */
export function invalidEntry(entry: string, value: string, expected: string): MoneytrailError {
  return codedError(CATALOGUE_ERRORS, 'MONEYTRAIL_CATALOGUE_INVALID', { entry, value, expected });
}
