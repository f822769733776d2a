/** Every error of the command line, with its text and its remedy. */
export const ERRORS = {
  MONEYTRAIL_CLI_CATALOGUE_MISSING: {
    message: '{file} exports no catalogue',
    remedy: 'Export what `defineCatalogue` returns: `export const SHOP = defineCatalogue({ … })`.',
  },
  MONEYTRAIL_CLI_CATALOGUE_UNREADABLE: {
    message: '{file} cannot be imported: {reason}',
    remedy:
      'Pass a JavaScript or TypeScript file that Node.js can import without a loader. TypeScript requires Node.js 22.18 or newer and erasable types.',
  },
  MONEYTRAIL_CLI_CATALOGUE_WRONG: {
    message: '{file}: {problem}',
    remedy: 'Correct the entry that the message names: `docs/own-catalogue.md` shows all of them.',
  },
  MONEYTRAIL_CLI_FILE_UNREADABLE: {
    message: '{path} cannot be read: it {reason}',
    remedy: 'Pass the path of a text file, or `-` for standard input.',
  },
  MONEYTRAIL_CLI_USAGE: {
    message: '{problem}',
    remedy: '`moneytrail --help` shows every command with its options.',
  },
  MONEYTRAIL_COLLECTOR_PROFILE_UNKNOWN: {
    message: 'unknown Collector profile "{name}"; profiles: {known}',
    remedy: 'Pass one of the listed names to `--profile`.',
  },
} as const;
