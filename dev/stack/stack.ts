/** `startStack`: starts, supervises and stops the components. */
import { join, resolve } from 'node:path';
import { codedError } from '@moneytrail/catalogue';
import { ERRORS } from '../errors.ts';
import { makeFolder } from '../process/folders.ts';
import { type Lock, takeLock } from '../process/lock.ts';
import { type ParentWatch, startParentWatch } from '../process/parent-watch.ts';
import { keepOldLog, lastLines, logText, Program } from '../process/program.ts';
import { sendingEnvironment, type Urls, urlsOf } from './addresses.ts';
import { ensureBuilt } from './build.ts';
import { type Launch, type Place, prepare } from './configurations.ts';
import { choosePorts } from './ports.ts';
import { COMPONENT_NAMES, type ComponentName } from './recipes.ts';
import { readSecrets } from './secrets.ts';
import { readState } from './state.ts';

/** Options of a stack. */
export interface StackOptions {
  /** The folder for everything that the stack writes; it belongs to one stack at a time. */
  readonly dataDir: string;
  /** Which components; all by default. */
  readonly components?: readonly ComponentName[];
  /** A configuration in `deploy/collector/` by its name, or any by its absolute path; `single` by default. */
  readonly profile?: string;
  /** Variables of the Collector's configuration, ports and secrets, before those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** `preferred` (default): the default ports if they are free, 4318 in any case. `free`: any. */
  readonly ports?: 'preferred' | 'free';
  /** Called when a component ends unexpectedly. It is not restarted. */
  readonly onEnd?: (name: ComponentName, how: string, log: string) => void;
  /** Aborts the start: components that run are stopped, and the start fails. */
  readonly abort?: AbortSignal;
}

/** A running stack. */
export interface RunningStack {
  readonly urls: Urls;
  /** The variables with which a service sends to it. */
  readonly env: Readonly<Record<string, string>>;
  readonly pidOf: (name: ComponentName) => number | undefined;
  /** Time until each component was ready. */
  readonly readyMs: Readonly<Record<string, number>>;
  /** Resolves, for a signal that ends a process, when it has ended. */
  readonly signal: (name: ComponentName, signal: NodeJS.Signals) => Promise<void>;
  /** Restarts a component that has ended; resolves when it is ready. */
  readonly start: (name: ComponentName) => Promise<void>;
  /** The output of a component since the stack was started. */
  readonly logOf: (name: ComponentName) => string;
  /** Stops everything: the Collector first, so that its data still arrives. */
  readonly close: () => Promise<void>;
}

/**
 * Builds what is missing, starts the components and resolves when all of them are ready. When one of them ends before,
 * everything is stopped again. Throws coded errors, all of them called `MONEYTRAIL_STACK_…`.
 */
export async function startStack(options: StackOptions): Promise<RunningStack> {
  const names = options.components ?? COMPONENT_NAMES;
  const env = { ...variablesOf(process.env), ...options.env };
  const dataDir = resolve(options.dataDir);
  const lock = lockData(dataDir);
  let stack: Stack | undefined;
  try {
    const secrets = readSecrets(dataDir, env);
    const ports = await choosePorts(options.ports ?? 'preferred', env, names);
    const place = { dataDir, ports, profile: options.profile ?? 'single', secrets, env };
    // Before the build, which may take long: wrong options are reported at once.
    const launches = new Map(names.map((name) => [name, prepare(name, place)]));
    const programs = await unlessAborted(ensureBuilt(names), options.abort);
    stack = new Stack({ place, launches, programs, lock, onEnd: options.onEnd });
    options.abort?.addEventListener('abort', () => void stack?.close());
    await stack.startAll(names);
    return stack.running();
  } catch (error) {
    await stack?.close();
    lock.release();
    throw error;
  }
}

function lockData(dataDir: string): Lock {
  makeFolder(join(dataDir, 'logs'));
  const lock = takeLock(join(dataDir, 'stack.lock'));
  if (lock !== undefined) return lock;
  const pid = readState(dataDir)?.launcher.pid;
  const who = pid === undefined ? 'started by another program' : `process ${pid}`;
  throw codedError(ERRORS, 'MONEYTRAIL_STACK_RUNNING', { folder: dataDir, pid: who });
}

/** Our own variables: the others, such as `OTEL_…`, are not meant for the components. */
function variablesOf(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter(
      // An empty variable counts as unset.
      (entry): entry is [string, string] => entry[0].startsWith('MONEYTRAIL_') && Boolean(entry[1]),
    ),
  );
}

/** The result of `work`, or a rejection as soon as the start is aborted. */
async function unlessAborted<Result>(work: Promise<Result>, abort?: AbortSignal): Promise<Result> {
  if (abort === undefined) return work;
  abort.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  abort.addEventListener('abort', () => reject(abort.reason));
  return Promise.race([work, promise]);
}

/** Programs and settings of a stack. */
interface Parts {
  readonly place: Place;
  readonly launches: ReadonlyMap<ComponentName, Launch>;
  readonly programs: ReadonlyMap<ComponentName, string>;
  readonly lock: Lock;
  readonly onEnd: StackOptions['onEnd'];
}

/** The processes of a stack. The parent watch ends them when this process is gone. */
class Stack {
  readonly #parts: Parts;
  readonly #running = new Map<ComponentName, Program>();
  readonly #readyMs: Record<string, number> = {};
  readonly #watch: ParentWatch = startParentWatch();
  #closing: Promise<void> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Starts the components side by side. Throws the failure of the first that does not become ready. */
  async startAll(names: readonly ComponentName[]): Promise<void> {
    for (const name of names) keepOldLog(this.#logFile(name));
    await Promise.all(names.map((name) => this.#start(name)));
  }

  running(): RunningStack {
    const { ports, secrets } = this.#parts.place;
    return {
      urls: urlsOf(ports),
      env: sendingEnvironment(ports, secrets),
      readyMs: this.#readyMs,
      pidOf: (name) => {
        const program = this.#running.get(name);
        return program?.hasEnded() === false ? program.pid : undefined;
      },
      signal: async (name, signal) => this.#running.get(name)?.signal(signal),
      start: (name) => this.#start(name),
      logOf: (name) => logText(this.#logFile(name)),
      close: () => this.close(),
    };
  }

  close(): Promise<void> {
    this.#closing ??= this.#stopInOrder();
    return this.#closing;
  }

  async #start(name: ComponentName): Promise<void> {
    const launch = this.#parts.launches.get(name);
    const command = this.#parts.programs.get(name);
    if (launch === undefined || command === undefined) throw new Error(`the stack has no ${name}`);
    if (this.#running.get(name)?.hasEnded() === false) return;
    const { PATH, HOME, TMPDIR } = process.env;
    const logFile = this.#logFile(name);
    const run = new Program({
      command,
      args: launch.args,
      env: { PATH, HOME, TMPDIR, ...launch.env, ...this.#watch.env },
      cwd: join(this.#parts.place.dataDir, name),
      logFile,
      failure: (how) =>
        codedError(ERRORS, 'MONEYTRAIL_STACK_COMPONENT_FAILED', {
          component: name,
          how,
          log: lastLines(logFile),
        }),
    });
    this.#running.set(name, run);
    this.#readyMs[name] = await run.respondsAt(launch.readyUrl);
    void run.ended.then((how) => this.#reportEnd(name, run, how));
  }

  #reportEnd(name: ComponentName, run: Program, how: string): void {
    if (this.#closing === undefined && !run.stopRequested())
      this.#parts.onEnd?.(name, how, lastLines(run.logFile));
  }

  /** The Collector stops first, because it still delivers to the others. */
  async #stopInOrder(): Promise<void> {
    await this.#running.get('collector')?.stop();
    await Promise.all([...this.#running.values()].map((program) => program.stop()));
    this.#watch.end();
    this.#parts.lock.release();
  }

  #logFile(name: ComponentName): string {
    return join(this.#parts.place.dataDir, 'logs', `${name}.log`);
  }
}
