/** What tests, benchmarks and `npm start` use of the stack. */
export type { Urls } from './addresses.ts';
export { ensureBuilt, ensureTool } from './build.ts';
export { COMPONENT_NAMES, COMPONENTS, type ComponentName } from './recipes.ts';
export { sendLines, stateOf, table } from './report.ts';
export { type RunningStack, type StackOptions, startStack } from './stack.ts';
export { readState } from './state.ts';
export { watchDisks } from './watch.ts';
