/** Every error of `npm start` and `npm run stack`, with its text and its remedy. */
export const ERRORS = {
  MONEYTRAIL_STACK_BUILD_FAILED: {
    message: '{component} was not built: {reason}',
    remedy:
      'The reason is what Go says. Where no module can be fetched, check the network and `go env GOPROXY`; then run the same command again, it goes on where it stopped. A `MONEYTRAIL_CACHE` copied from another machine with the same system works, too.',
  },
  MONEYTRAIL_STACK_COMPONENT_FAILED: {
    message: '{component} {how}\n{log}\n',
    remedy:
      'The last lines of its log stand in the message, which also names the file. What had been started was stopped again.',
  },
  MONEYTRAIL_STACK_DATA_UNUSABLE: {
    message: '{folder} cannot be used: {reason}',
    remedy:
      'Give the stack a folder that can be written to: `npm run stack -- --data DIR`. The folder of what is built is `MONEYTRAIL_CACHE`.',
  },
  MONEYTRAIL_STACK_DISK_FULL: {
    message: '{component} needs {neededMb} MB to be built, {folder} has {freeMb} MB left',
    remedy:
      'Make room, or let `MONEYTRAIL_CACHE`, `GOMODCACHE` and `GOCACHE` name folders on another disk. `go clean -cache -modcache` frees what Go keeps.',
  },
  MONEYTRAIL_STACK_GO_UNUSABLE: {
    message: 'Go {needed} or newer is needed to build the stack, found {found}',
    remedy:
      'Install Go from <https://go.dev/dl/> and put its `bin` folder into `PATH` (`/usr/local/go/bin` is looked at in any case). Go is needed once, for building; Docker Compose needs none.',
  },
  MONEYTRAIL_STACK_OPTION: {
    message: '{option} is "{value}", expected {expected}',
    remedy: 'Correct the option or variable; `docs/stack.md` lists them.',
  },
  MONEYTRAIL_STACK_PORT_IN_USE: {
    message:
      '{component} cannot listen on port {port}, which is in use or not permitted; {variable} chooses another one',
    remedy:
      'End the program that holds the port (`lsof -i :4318` names it), or set the variable that the message names to a free one.',
  },
  MONEYTRAIL_STACK_RUNNING: {
    message: 'a stack runs on {folder} already ({pid})',
    remedy: 'Stop it with `npm run stack -- --stop`, or start this one with another `--data DIR`.',
  },
  MONEYTRAIL_STACK_SECRET_WEAK: {
    message: '{variable} must be {expected}',
    remedy:
      'Make one with `openssl rand -hex 32`, or leave the variable unset: `npm run stack` then makes its own and keeps it in its folder of data.',
  },
  MONEYTRAIL_START_DATA_UNUSABLE: {
    message: '{folder} cannot be used: {reason}',
    remedy: 'Give `npm start` a folder that can be written to: `npm start -- --data DIR`.',
  },
  MONEYTRAIL_START_OPTION: {
    message: '{option} is "{value}", expected {expected}',
    remedy:
      'Correct the option: `npm start -- --port 4318 --app-port 3000 --data DIR --no-traffic --backend store`.',
  },
  MONEYTRAIL_START_PORT_IN_USE: {
    message: 'port {port} of {option} is in use or not permitted',
    remedy:
      'Choose a free port with the option that the message names, or end the program that holds it (`lsof -i :4318` names it).',
  },
  MONEYTRAIL_START_PROCESS_FAILED: {
    message: 'the {name} {reason}',
    remedy:
      'Read the last lines of its log, which stand above the message; the folder of the logs is named at the start.',
  },
} as const;
