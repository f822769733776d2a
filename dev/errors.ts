/** Every error of `npm start` and `npm run stack`, with its text and its remedy. */
export const ERRORS = {
  MONEYTRAIL_STACK_BUILD_FAILED: {
    message: '{component} was not built: {reason}',
    remedy:
      'The reason is the output of Go. If modules cannot be fetched, check the network and `go env GOPROXY`, then run the same command again: it continues where it stopped. A copy of `MONEYTRAIL_CACHE` from another machine with the same system works, too.',
  },
  MONEYTRAIL_STACK_COMPONENT_FAILED: {
    message: '{component} {how}\n{log}\n',
    remedy:
      'The message contains the last lines of its log and the path of the file. Everything that had been started was stopped again.',
  },
  MONEYTRAIL_STACK_DATA_UNUSABLE: {
    message: '{folder} cannot be used: {reason}',
    remedy:
      'Use a writable folder: `npm run stack -- --data DIR`. `MONEYTRAIL_CACHE` is the folder of the built programs.',
  },
  MONEYTRAIL_STACK_DISK_FULL: {
    message: 'the build of {component} needs {neededMb} MB, and {folder} has {freeMb} MB left',
    remedy:
      'Free space, or set `MONEYTRAIL_CACHE`, `GOMODCACHE` and `GOCACHE` to folders on another disk. `go clean -cache -modcache` deletes the caches of Go.',
  },
  MONEYTRAIL_STACK_GO_UNUSABLE: {
    message: 'Go {needed} or newer is needed to build the stack, found {found}',
    remedy:
      'Install Go from <https://go.dev/dl/> and add its `bin` folder to `PATH` (`/usr/local/go/bin` is always searched). Go is needed once, for the build; Docker Compose does not need it.',
  },
  MONEYTRAIL_STACK_OPTION: {
    message: '{option} is "{value}", expected {expected}',
    remedy: 'Correct the option or variable; `docs/stack.md` lists them.',
  },
  MONEYTRAIL_STACK_PORT_IN_USE: {
    message:
      '{component} cannot listen on port {port}, which is in use or not permitted; {variable} chooses another one',
    remedy:
      'Stop the program that uses the port (`lsof -i :4318` finds it), or set the variable in the message to a free port.',
  },
  MONEYTRAIL_STACK_RUNNING: {
    message: 'a stack already runs on {folder} ({pid})',
    remedy: 'Stop it with `npm run stack -- --stop`, or start this one with another `--data DIR`.',
  },
  MONEYTRAIL_STACK_SECRET_WEAK: {
    message: '{variable} must be {expected}',
    remedy:
      'Create one with `openssl rand -hex 32`, or leave the variable unset: `npm run stack` then creates one and keeps it in its data folder.',
  },
  MONEYTRAIL_START_DATA_UNUSABLE: {
    message: '{folder} cannot be used: {reason}',
    remedy: 'Use a writable folder: `npm start -- --data DIR`.',
  },
  MONEYTRAIL_START_OPTION: {
    message: '{option} is "{value}", expected {expected}',
    remedy:
      'Correct the option: `npm start -- --port 4318 --app-port 3000 --data DIR --no-traffic --backend store`.',
  },
  MONEYTRAIL_START_PORT_IN_USE: {
    message: 'port {port} of {option} is in use or not permitted',
    remedy:
      'Choose a free port with the option in the message, or stop the program that uses it (`lsof -i :4318` finds it).',
  },
  MONEYTRAIL_START_PROCESS_FAILED: {
    message: 'the {name} {reason}',
    remedy:
      'Read the last lines of its log, which are printed above the message. The path of the logs is printed at startup.',
  },
} as const;
