/** Every error of the command line, with its text and its remedy. */
export const ERRORS = {
  MONEYTRAIL_CLI_CATALOGUE_MISSING: {
    message: '{file} exports no catalogue',
    remedy: 'Export what `defineCatalogue` returns: `export const SHOP = defineCatalogue({ … })`.',
  },
  MONEYTRAIL_CLI_CATALOGUE_UNREADABLE: {
    message: '{file} cannot be imported: {reason}',
    remedy:
      'Give a file of JavaScript or TypeScript that Node.js can import by itself. TypeScript needs Node.js 22.18 or newer, and types that can be erased.',
  },
  MONEYTRAIL_CLI_CATALOGUE_WRONG: {
    message: '{file}: {problem}',
    remedy: 'Correct the entry that the message names: `docs/own-catalogue.md` shows all of them.',
  },
  MONEYTRAIL_CLI_FILE_UNREADABLE: {
    message: '{path} cannot be read: it {reason}',
    remedy: 'Pass the path of a text file, or `-` for what comes on standard input.',
  },
  MONEYTRAIL_CLI_USAGE: {
    message: '{problem}',
    remedy: '`moneytrail --help` shows every command with its options.',
  },
  MONEYTRAIL_COLLECTOR_PROFILE_UNKNOWN: {
    message: 'there is no Collector profile "{name}"; there are {known}',
    remedy: 'Pass one of the names listed to `--profile`.',
  },
} as const;
