/** Versions and build recipes, read from `components.json` and `modules/`. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../process/folders.ts';

/** A component of the stack; each runs as a process. */
export type ComponentName = 'collector' | 'prometheus' | 'jaeger' | 'loki' | 'alertmanager';
/** A program that builds or tests need. */
export type ToolName = 'promtool' | 'amtool' | 'ocb' | 'compose-config';

/** How a component or a tool is built; its module files are in `modules/<name>/`. */
export interface Recipe {
  readonly version: string;
  /** Programs and their packages; the first is the component itself. */
  readonly commands: Readonly<Record<string, string>>;
  /** Build tags of Go. */
  readonly tags: string;
  /** The argument that makes each program print its version and exit; empty when it has none. */
  readonly verify: string;
  /** Disk space for a build with empty caches of Go. */
  readonly needsMb: number;
  /** Measured build time on two cores with empty caches of Go. */
  readonly minutes: number;
}

/** The recipe of a component. */
export interface Component extends Recipe {
  /** The same program as an image. */
  readonly image: string;
  /** Path that responds with 200 when the component is ready. */
  readonly ready: string;
  /** Flags that are the same on every machine. */
  readonly flags: readonly string[];
}

interface Components {
  readonly go: string;
  readonly components: Readonly<Record<ComponentName, Component>>;
  readonly tools: Readonly<Record<'ocb' | 'compose-config', Recipe>>;
  readonly images: Readonly<Record<string, { readonly version: string; readonly image: string }>>;
}

const HERE = fileURLToPath(new URL('./', import.meta.url));

/** `components.json`, the only place with versions and images. */
export const COMPONENTS: Components = JSON.parse(
  readFileSync(join(HERE, 'components.json'), 'utf8'),
);

/** All components in the order of the table. */
export const COMPONENT_NAMES: readonly ComponentName[] = [
  'collector',
  'prometheus',
  'jaeger',
  'loki',
  'alertmanager',
];

/** The recipe of a component or of a tool with a module of its own. */
export function recipeOf(name: string): Recipe {
  const recipes: Record<string, Recipe | undefined> = {
    ...COMPONENTS.components,
    ...COMPONENTS.tools,
  };
  const recipe = recipes[name];
  if (recipe === undefined) throw new Error(`no recipe for ${name}`);
  return recipe;
}

/** The folder of its `go.mod` and `go.sum`. */
export function moduleFolder(name: string): string {
  return join(HERE, 'modules', name);
}

/** The folder of its built programs; a changed recipe has another folder. */
export function builtFolder(name: string): string {
  const { version } = recipeOf(name);
  return join(cacheFolder('stack'), `${name}-${version}-${recipeHash(name)}`);
}

function recipeHash(name: string): string {
  const { version, commands, tags } = recipeOf(name);
  const recipe = [version, commands, tags, process.platform, process.arch];
  const hash = createHash('sha256').update(JSON.stringify(recipe));
  const folder = moduleFolder(name);
  for (const file of existsSync(folder) ? readdirSync(folder).sort() : []) {
    hash.update(`\0${file}\0`).update(readFileSync(join(folder, file)));
  }
  return hash.digest('hex').slice(0, 12);
}
