/** What stands beside a service may meet: the store, the stack, the dashboards and the command line. Part of `ERRORS`. */
export const TOOL_ERRORS = {
  MONEYTRAIL_CLI_CATALOGUE_MISSING: {
    message: (file: string): string => `${file} exports no catalogue`,
    remedy: 'Export what `defineCatalogue` returns: `export const SHOP = defineCatalogue({ … })`.',
  },
  MONEYTRAIL_CLI_CATALOGUE_UNREADABLE: {
    message: (file: string, reason: string): string => `${file} cannot be imported: ${reason}`,
    remedy:
      'Give a file of JavaScript or TypeScript that Node.js can import by itself. TypeScript needs Node.js 22.18 or newer, and types that can be erased.',
  },
  MONEYTRAIL_CLI_CATALOGUE_WRONG: {
    message: (file: string, problem: string): string => `${file}: ${problem}`,
    remedy: 'Correct the entry that the message names: `docs/own-catalogue.md` shows all of them.',
  },
  MONEYTRAIL_CLI_FILE_UNREADABLE: {
    message: (path: string, reason: string): string => `${path} cannot be read: it ${reason}`,
    remedy: 'Pass the path of a text file, or `-` for what comes on standard input.',
  },
  MONEYTRAIL_CLI_USAGE: {
    message: (problem: string): string => problem,
    remedy: '`moneytrail --help` shows every command with its options.',
  },
  MONEYTRAIL_COLLECTOR_PROFILE_UNKNOWN: {
    message: (name: string, known: string): string =>
      `there is no Collector profile ${JSON.stringify(name)}; there are ${known}`,
    remedy: 'Pass one of the names listed to `--profile`.',
  },
  MONEYTRAIL_COLLECTOR_TOO_OLD: {
    message: (version: string, setting: string, since: string): string =>
      `a Collector ${version} does not know ${setting}, which came with ${since}`,
    remedy:
      'Use a newer Collector. The setting cannot be left out: without it data are lost, or leave the host unmasked.',
  },
  MONEYTRAIL_COLLECTOR_VERSION: {
    message: (version: string, oldest: string, newest: string): string =>
      `${JSON.stringify(version)} is not a version of the Collector from ${oldest} to ${newest}`,
    remedy:
      'Write it as `0.147.0`. For a newer Collector print for the newest version that is known: it takes those names too.',
  },
  MONEYTRAIL_DASHBOARD_KEY: {
    message: (key: string, other: string): string =>
      `the panels ${JSON.stringify(key)} and ${JSON.stringify(other)} of a dashboard have the same id`,
    remedy:
      'Give each panel a key of its own: its id, and so every link to it, follows from the key.',
  },
  MONEYTRAIL_STACK_BUILD_FAILED: {
    message: (component: string, reason: string): string => `${component} was not built: ${reason}`,
    remedy:
      'The reason is what Go says. Where no module can be fetched, check the network and `go env GOPROXY`; then run the same command again, it goes on where it stopped. A `MONEYTRAIL_CACHE` copied from another machine with the same system works, too.',
  },
  MONEYTRAIL_STACK_COMPONENT_FAILED: {
    message: (component: string, how: string, log: string): string =>
      `${component} ${how}\n${log}\n`,
    remedy:
      'The last lines of its log stand in the message, which also names the file. What had been started was stopped again.',
  },
  MONEYTRAIL_STACK_DATA_UNUSABLE: {
    message: (folder: string, reason: string): string => `${folder} cannot be used: ${reason}`,
    remedy:
      'Give the stack a folder that can be written to: `npm run stack -- --data DIR`. The folder of what is built is `MONEYTRAIL_CACHE`.',
  },
  MONEYTRAIL_STACK_DISK_FULL: {
    message: (component: string, folder: string, freeMb: number, neededMb: number): string =>
      `${component} needs ${neededMb} MB to be built, ${folder} has ${freeMb} MB left`,
    remedy:
      'Make room, or let `MONEYTRAIL_CACHE`, `GOMODCACHE` and `GOCACHE` name folders on another disk. `go clean -cache -modcache` frees what Go keeps.',
  },
  MONEYTRAIL_STACK_GO_UNUSABLE: {
    message: (found: string, needed: string): string =>
      `Go ${needed} or newer is needed to build the stack, found ${found}`,
    remedy:
      'Install Go from <https://go.dev/dl/> and put its `bin` folder into `PATH` (`/usr/local/go/bin` is looked at in any case). Go is needed once, for building; Docker Compose needs none.',
  },
  MONEYTRAIL_STACK_OPTION: {
    message: (option: string, value: string, expected: string): string =>
      `${option} is ${JSON.stringify(value)}, expected ${expected}`,
    remedy: 'Correct the option or variable; `docs/stack.md` lists them.',
  },
  MONEYTRAIL_STACK_PORT_IN_USE: {
    message: (component: string, port: number, variable: string): string =>
      `${component} cannot listen on port ${port}, which is in use or not permitted; ${variable} chooses another one`,
    remedy:
      'End the program that holds the port (`lsof -i :4318` names it), or set the variable that the message names to a free one.',
  },
  MONEYTRAIL_STACK_RUNNING: {
    message: (folder: string, pid: string): string => `a stack runs on ${folder} already (${pid})`,
    remedy: 'Stop it with `npm run stack -- --stop`, or start this one with another `--data DIR`.',
  },
  MONEYTRAIL_STACK_SECRET_WEAK: {
    message: (variable: string, expected: string): string => `${variable} must be ${expected}`,
    remedy:
      'Make one with `openssl rand -hex 32`, or leave the variable unset: `npm run stack` then makes its own and keeps it in its folder of data.',
  },
  MONEYTRAIL_START_DATA_UNUSABLE: {
    message: (folder: string, reason: string): string => `${folder} cannot be used: ${reason}`,
    remedy: 'Give `npm start` a folder that can be written to: `npm start -- --data DIR`.',
  },
  MONEYTRAIL_START_OPTION: {
    message: (option: string, value: string, expected: string): string =>
      `${option} is ${JSON.stringify(value)}, expected ${expected}`,
    remedy:
      'Correct the option: `npm start -- --port 4318 --app-port 3000 --data DIR --no-traffic --backend store`.',
  },
  MONEYTRAIL_START_PORT_IN_USE: {
    message: (option: string, port: number): string =>
      `port ${port} of ${option} is in use or not permitted`,
    remedy:
      'Choose a free port with the option that the message names, or end the program that holds it (`lsof -i :4318` names it).',
  },
  MONEYTRAIL_START_PROCESS_FAILED: {
    message: (name: string, reason: string): string => `the ${name} ${reason}`,
    remedy:
      'Read the last lines of its log, which stand above the message; the folder of the logs is named at the start.',
  },
  MONEYTRAIL_STORE_DATA_IN_USE: {
    message: (file: string): string => `${file} is open in another process`,
    remedy: 'Stop the other store, or start this one with another folder: `--data DIR`.',
  },
  MONEYTRAIL_STORE_DATA_UNREADABLE: {
    message: (file: string, reason: string): string => `${file} cannot be used: ${reason}`,
    remedy:
      'Name a folder that can be written to and that belongs to the store alone. Move a damaged file away: the store then begins a new one.',
  },
  MONEYTRAIL_STORE_OPTION: {
    message: (option: string, value: string, expected: string): string =>
      `${option} is ${JSON.stringify(value)}, expected ${expected}`,
    remedy: 'Correct the option; `packages/store/README.md` lists them with their defaults.',
  },
  MONEYTRAIL_STORE_PORT_IN_USE: {
    message: (port: number): string => `port ${port} is in use or not permitted`,
    remedy:
      'Stop the other program (`lsof -i :4318` names it), or choose another port with `--port` and let `OTEL_EXPORTER_OTLP_ENDPOINT` of the services follow.',
  },
  MONEYTRAIL_STORE_SCHEMA_NEWER: {
    message: (file: string, found: number, known: number): string =>
      `${file} has schema version ${found}, this store knows up to ${known}`,
    remedy:
      'Update Moneytrail, or start with another folder (`--data DIR`); the file was not changed.',
  },
} as const;
