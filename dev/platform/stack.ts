/** The real backends as the backend of `npm start`. */
import { join } from 'node:path';
import { codedError } from '@moneytrail/catalogue';
import { ERRORS } from '../errors.ts';
import { checkPort, type StartOptions } from './options.ts';
import type { Tree } from './tree.ts';

/** Running backends. */
export interface StackBackend {
  /** Settings with which the example sends to them. */
  readonly settings: Readonly<Record<string, string>>;
  /** What to print about them. */
  readonly lines: readonly string[];
}

/** Its Collector keeps its port, whatever `--port` says, and Ctrl-C stops the example only. */
const RAN_BEFORE = 'The stack ran before, on its own port, and goes on after Ctrl-C:';

/**
 * The stack of `npm run stack`: one that is running on the folder already and is left running, or one that lives as long
 * as the tree. Throws when its port is in use, and everything that `startStack` throws.
 */
export async function startStackBackend(tree: Tree, options: StartOptions): Promise<StackBackend> {
  // Imported here, because a start with the store does not need it.
  const { readState, sendLines, startStack, stateOf, table, watchDisks } = await import(
    '../stack/index.ts'
  );
  const dataDir = join(options.dataDir, 'stack');
  const running = readState(dataDir);
  if (running) {
    const lines = [RAN_BEFORE, ...table(running), ...sendLines(running, dataDir)];
    return { settings: running.env, lines };
  }
  await checkPort('--port', options.port);
  const stack = await startStack({
    dataDir,
    env: { MONEYTRAIL_OTLP_HTTP_PORT: String(options.port) },
    onEnd: (component, how, log) =>
      tree.fail(codedError(ERRORS, 'MONEYTRAIL_STACK_COMPONENT_FAILED', { component, how, log })),
  });
  const stopWatching = watchDisks({
    dataDir,
    urls: stack.urls,
    report: (name, what) => console.error(`${name} ${what}`),
  });
  tree.stopAfterwards('stack', () => {
    stopWatching();
    return stack.close();
  });
  const state = stateOf(stack);
  return { settings: stack.env, lines: [...table(state), ...sendLines(state, dataDir)] };
}
