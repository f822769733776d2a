export { ensureBuilt, ensureTool } from './build.ts';
export { COMPONENT_NAMES, COMPONENTS, type ComponentName, type ToolName } from './recipes.ts';
export { stateOf, table } from './report.ts';
export { type RunningStack, type StackOptions, startStack, type Urls } from './stack.ts';
export { readState, type State } from './state.ts';
export { type Watched, watchDisks } from './watch.ts';
