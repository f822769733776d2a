export { ensureBuilt, ensureTool } from './build.ts';
export { COMPONENTS, type ComponentName, type ToolName } from './recipes.ts';
export { type RunningStack, type StackOptions, startStack, type Urls } from './stack.ts';
