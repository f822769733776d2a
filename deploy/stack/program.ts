import { type ChildProcess, spawn } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
} from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { MoneytrailError } from '@moneytrail/catalogue';

/** Long enough to read a large write-ahead log again on a busy machine. */
const READY_MS = 120_000;
const READY_LOOK_MS = 25;
const ANSWER_MS = 2_000;
const STOP_MS = 10_000;
const LOG_LOOK_MS = 5_000;
const MAX_LOG_BYTES = 20_000_000;
const LAST_LINES = 12;

/** How a component is run. */
export interface ProgramOptions {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly logFile: string;
  /** Answers 200 when it is ready. */
  readonly readyUrl: string;
}

/** One run of a component. */
export class Program {
  readonly pid: number | undefined;
  /** Resolves with words about its end. */
  readonly ended: Promise<string>;
  readonly #options: ProgramOptions;
  readonly #child: ChildProcess;
  readonly #startMs = performance.now();
  #end: string | undefined;
  #wanted = false;

  constructor(options: ProgramOptions) {
    this.#options = options;
    this.#child = spawnInto(options);
    this.pid = this.#child.pid;
    this.ended = this.#awaitEnd();
    this.#keepLogSmall();
  }

  /** Whether it is over. */
  hasEnded(): boolean {
    return this.#end !== undefined;
  }

  /** Whether somebody asked for its end. */
  wasTold(): boolean {
    return this.#wanted;
  }

  /** Asks until it is ready and gives the time that it took. Throws `MONEYTRAIL_STACK_COMPONENT_FAILED`. */
  async ready(): Promise<number> {
    while (!(await answers(this.#options.readyUrl))) {
      if (this.#end !== undefined) throw this.#failure(this.#end);
      if (performance.now() - this.#startMs > READY_MS)
        throw this.#failure(`was not ready within ${READY_MS / 1000} s`);
      await Promise.race([wait(READY_LOOK_MS), this.ended]);
    }
    // The answer may be that of another program, which has the port that this one wanted.
    if (this.#end !== undefined) throw this.#failure(this.#end);
    return Math.round(performance.now() - this.#startMs);
  }

  /** Sends a signal. One that ends a process is waited for. */
  async signal(signal: NodeJS.Signals): Promise<void> {
    const ends = signal === 'SIGKILL' || signal === 'SIGTERM';
    if (ends) this.#wanted = true;
    this.#child.kill(signal);
    if (ends) await this.ended;
  }

  /** Ends it in order; one that does not end is killed. */
  async stop(): Promise<void> {
    // One that hangs by SIGSTOP would not hear of it.
    this.#child.kill('SIGCONT');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS);
    await this.signal('SIGTERM');
    clearTimeout(timer);
  }

  /** The error for an end before its time, with the last lines of the log. */
  #failure(how: string): MoneytrailError {
    const { name, logFile } = this.#options;
    return new MoneytrailError('MONEYTRAIL_STACK_COMPONENT_FAILED', name, how, lastLines(logFile));
  }

  /** It writes to the file itself, so that it can outlive this process; the file is emptied under it, when it is large. */
  #keepLogSmall(): void {
    const { logFile } = this.#options;
    const timer = setInterval(() => {
      try {
        if (statSync(logFile).size <= MAX_LOG_BYTES) return;
        copyFileSync(logFile, `${logFile}.old`);
        truncateSync(logFile);
      } catch {
        // A log that is gone needs no room.
      }
    }, LOG_LOOK_MS).unref();
    void this.ended.then(() => clearInterval(timer));
  }

  async #awaitEnd(): Promise<string> {
    const how = await new Promise<string>((resolve) => {
      this.#child.once('error', (error) => resolve(`could not be started: ${error.message}`));
      this.#child.once('exit', (code, signal) =>
        resolve(`ended with ${signal ?? `exit code ${code}`}`),
      );
    });
    this.#end = how;
    return how;
  }
}

/** In a process group of its own, so that Ctrl-C does not reach it before its turn. */
function spawnInto({ program, args, env, cwd, logFile }: ProgramOptions): ChildProcess {
  const log = openSync(logFile, 'a', 0o600);
  try {
    return spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', log, log] });
  } finally {
    closeSync(log);
  }
}

/** The log of the run before is kept: it may tell why that one ended. */
export function keepOldLog(logFile: string): void {
  if (existsSync(logFile)) renameSync(logFile, `${logFile}.old`);
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** A log as far as it is there. */
export function logText(logFile: string): string {
  return existsSync(logFile) ? readFileSync(logFile, 'utf8') : '';
}

/** The last lines of a log, with the name of its file. */
export function lastLines(logFile: string): string {
  const lines = logText(logFile)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return [...lines.slice(-LAST_LINES), `(from ${logFile})`]
    .map((line) => `    ${line.slice(0, 500)}`)
    .join('\n');
}
