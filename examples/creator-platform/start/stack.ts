import { join } from 'node:path';
import { MoneytrailError } from '@moneytrail/catalogue';
import type { StartOptions } from './options.ts';
import { checkPort } from './ports.ts';
import type { Tree } from './tree.ts';

/** The real backends, ready to be sent to. */
export interface StackBackend {
  /** Settings of the example that lead to them. */
  readonly settings: Readonly<Record<string, string>>;
  /** What to show of them. */
  readonly lines: readonly string[];
}

/** Its Collector is where it was, whatever `--port` says, and Ctrl-C is for the example alone. */
const RAN_BEFORE = 'The stack ran before, on its own port, and goes on after Ctrl-C:';

/**
 * The stack of `npm run stack`: the one that runs on the folder already, which is left running, or one that lives as long
 * as the tree. Throws when its port is in use, and all that starting a stack can throw.
 */
export async function startStackBackend(tree: Tree, options: StartOptions): Promise<StackBackend> {
  // Not at the top: whoever starts with the store has nothing to wait for.
  const { readState, sendLines, startStack, stateOf, table, watchDisks } = await import(
    '../../../deploy/stack/index.ts'
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
    onEnd: (...end) => tree.fail(new MoneytrailError('MONEYTRAIL_STACK_COMPONENT_FAILED', ...end)),
  });
  const stopWatching = watchDisks({
    dataDir,
    urls: stack.urls,
    tell: (name, what) => console.error(`${name} ${what}`),
  });
  tree.stopAfterwards('stack', () => {
    stopWatching();
    return stack.close();
  });
  const state = stateOf(stack);
  return { settings: stack.env, lines: [...table(state), ...sendLines(state, dataDir)] };
}
