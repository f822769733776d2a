// Errors with a code, and the texts that are made of a table.
import { describe, expect, it, jest } from '@jest/globals';
import { codedError, codedText, invalidOption, MoneytrailError } from '@moneytrail/catalogue';

const ERRORS = {
  MONEYTRAIL_SHELF_FULL: { message: 'no room for {item} on {shelf}', remedy: 'Add a shelf.' },
  MONEYTRAIL_SHELF_UNKNOWN: {
    message: 'there is no shelf "{name}"[; did you mean {meant}?]',
    remedy: 'Correct the name.',
  },
} as const;

describe('the text of an error', () => {
  it.each([
    ['names its values', { item: 'a book', shelf: 2 }, 'no room for a book on 2'],
    ['keeps braces of a value', { item: '{shelf}', shelf: 2 }, 'no room for {shelf} on 2'],
    ['keeps dollar signs of a value', { item: '$&', shelf: 2 }, 'no room for $& on 2'],
    [
      'keeps a long text whole',
      { item: 'x'.repeat(101), shelf: 2 },
      `no room for ${'x'.repeat(101)} on 2`,
    ],
  ])('%s', (_title, values, text) => {
    expect(codedText(ERRORS, 'MONEYTRAIL_SHELF_FULL', values)).toBe(text);
  });

  it.each([
    ['quotes a value as JSON does', { name: 'a"b' }, 'there is no shelf "a\\"b"'],
    ['leaves out a part without a value', { name: 'a', meant: undefined }, 'there is no shelf "a"'],
    [
      'shows a part that has a value',
      { name: 'a', meant: 'b[c]' },
      'there is no shelf "a"; did you mean b[c]?',
    ],
  ])('%s', (_title, values, text) => {
    expect(codedText(ERRORS, 'MONEYTRAIL_SHELF_UNKNOWN', values)).toBe(text);
  });

  it('shows values of callers without types in short', () => {
    const values = JSON.parse('{ "item": { "secret": 1 }, "shelf": null }');
    const text = codedText(ERRORS, 'MONEYTRAIL_SHELF_FULL', values);
    expect(text).toBe('no room for [object] on null');
  });

  it('takes only codes of its table, with the values that their messages name', () => {
    // @ts-expect-error The table has no such code.
    expect(codedText(ERRORS, 'MONEYTRAIL_SHELF', {})).toBe('');
    // @ts-expect-error The shelf is missing.
    codedText(ERRORS, 'MONEYTRAIL_SHELF_FULL', { item: 'a book' });
    // @ts-expect-error The name is missing; what was meant may be.
    codedText(ERRORS, 'MONEYTRAIL_SHELF_UNKNOWN', { meant: 'b' });
  });
});

describe('an error with a code', () => {
  it('has a code, which leads to its section of the documentation', () => {
    const error = codedError(ERRORS, 'MONEYTRAIL_SHELF_FULL', { item: 'a book', shelf: 2 });
    expect(error).toBeInstanceOf(MoneytrailError);
    expect(error).toMatchObject({
      name: 'MoneytrailError',
      code: 'MONEYTRAIL_SHELF_FULL',
      message:
        'MONEYTRAIL_SHELF_FULL: no room for a book on 2 (docs/errors.md#moneytrail_shelf_full)',
    });
  });

  it('is recognised by its name and its code when another copy of the package made it', async () => {
    jest.resetModules();
    const other = await import('@moneytrail/catalogue');
    const error = other.invalidOption('size', 0, 'at least 1');
    expect(error).not.toBeInstanceOf(MoneytrailError);
    expect(error).toMatchObject({ name: 'MoneytrailError', code: 'MONEYTRAIL_OPTION_INVALID' });
  });

  it('shows a wrong option in short', () => {
    const error = invalidOption('size', 'x'.repeat(101), 'a number');
    expect(error.message).toContain(`size must be a number, got "${'x'.repeat(100)}…"`);
  });
});
