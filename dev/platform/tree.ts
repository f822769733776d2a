/** The processes of `npm start` in the order of their start; they stop in the opposite order. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codedError, type MoneytrailError } from '@moneytrail/catalogue';
import { ERRORS } from '../errors.ts';
import { startParentWatch } from '../process/parent-watch.ts';
import { keepOldLog, lastLines, Program } from '../process/program.ts';

/** A script of the repository that runs as a process. */
export interface Script {
  /** Names the process in messages, and its log. */
  readonly name: string;
  /** The path of the script from the root of the repository. */
  readonly path: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A running process of the tree. */
interface Member {
  readonly name: string;
  readonly program: Program;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Starts processes, and stops all of them together. */
export class Tree {
  readonly #logDir: string;
  readonly #members: Member[] = [];
  readonly #watch = startParentWatch();
  readonly #failed = Promise.withResolvers<never>();
  #afterwards: readonly [name: string, work: () => Promise<void>] | undefined;
  #stopping: Promise<void> | undefined;

  constructor(logDir: string) {
    this.#logDir = logDir;
    // It may reject before `watch` is called.
    this.#failed.promise.catch(() => undefined);
  }

  /** Starts a process that lives as long as the tree. */
  start({ name, path, args = [], env = {} }: Script): Program {
    if (this.#stopping) throw new Error('stopped while starting');
    const logFile = join(this.#logDir, `${name}.log`);
    keepOldLog(logFile);
    const program = new Program({
      command: process.execPath,
      args: ['--conditions=@moneytrail/source', join(ROOT, path), ...args],
      env: { ...process.env, ...env, ...this.#watch.env },
      cwd: ROOT,
      logFile,
      failure: (how) => failure(name, how),
    });
    this.#members.push({ name, program });
    return program;
  }

  /** Runs a process to its end. Rejects when it does not end with exit code 0. */
  async run(script: Script): Promise<void> {
    const program = this.start(script);
    const how = await program.ended;
    if (how !== 'ended with exit code 0') throw failure(script.name, how);
    this.#members.splice(
      this.#members.findIndex((member) => member.program === program),
      1,
    );
  }

  /** Rejects when a process ends before the tree is stopped. */
  async watch(): Promise<never> {
    const ends = this.#members.map(async ({ name, program }) => ({
      name,
      how: await program.ended,
    }));
    const { name, how } = await Promise.race([...ends, this.#failed.promise]);
    throw failure(name, how);
  }

  /** Makes `watch` reject for a reason outside of the tree. */
  fail(reason: Error): void {
    this.#failed.reject(reason);
  }

  /** Registers what is stopped after all processes. In a tree that is stopping already, it is stopped at once. */
  stopAfterwards(name: string, work: () => Promise<void>): void {
    this.#afterwards = [name, work];
    if (this.#stopping) void work();
  }

  /** Whether the tree was asked to stop: the end of a process is then not a failure. */
  isStopping(): boolean {
    return this.#stopping !== undefined;
  }

  /** Stops one process after the other, and calls `onStopped` for each. */
  stop(onStopped: (name: string) => void): Promise<void> {
    this.#stopping ??= this.#stopInOrder(onStopped);
    return this.#stopping;
  }

  /** Kills all processes at once. */
  kill(): void {
    for (const { program } of this.#members) void program.signal('SIGKILL');
  }

  /** The last lines of the process that ended by itself; empty when there is none. */
  lastOutput(): string {
    const ended = this.#members.find(({ program }) => program.hasEnded());
    return ended === undefined ? '' : lastLines(ended.program.logFile);
  }

  async #stopInOrder(onStopped: (name: string) => void): Promise<void> {
    for (const { name, program } of this.#members.toReversed()) {
      if (program.hasEnded()) continue;
      await program.stop();
      onStopped(name);
    }
    this.#watch.end();
    if (this.#afterwards === undefined) return;
    const [name, work] = this.#afterwards;
    await work();
    onStopped(name);
  }
}

function failure(name: string, how: string): MoneytrailError {
  return codedError(ERRORS, 'MONEYTRAIL_START_PROCESS_FAILED', { name, reason: how });
}
