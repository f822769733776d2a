/** The process supervisor: one class starts a program, waits until it is ready, keeps its log, and stops it. */
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

/** Long enough to replay a large write-ahead log on a busy machine. */
const READY_MS = 120_000;
const READY_POLL_MS = 25;
const RESPONSE_MS = 2_000;
const STOP_MS = 10_000;
const LOG_POLL_MS = 5_000;
const MAX_LOG_BYTES = 20_000_000;
const LAST_LINES = 12;

/** How a program is run. */
export interface ProgramOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** Its output is appended here; the folder must exist. */
  readonly logFile: string;
  /** Makes the error for a program that ends, or is late, before it is ready. */
  readonly failure: (how: string) => Error;
}

/** One run of a program. */
export class Program {
  readonly pid: number | undefined;
  readonly logFile: string;
  /** Resolves with a description of its end, such as `ended with exit code 0`. */
  readonly ended: Promise<string>;
  readonly #failure: ProgramOptions['failure'];
  readonly #child: ChildProcess;
  readonly #startMs = performance.now();
  #end: string | undefined;
  #stopRequested = false;

  constructor(options: ProgramOptions) {
    this.logFile = options.logFile;
    this.#failure = options.failure;
    this.#child = spawnIntoLog(options);
    this.pid = this.#child.pid;
    this.ended = this.#awaitEnd();
    this.#keepLogSmall();
  }

  /** Whether the program has ended. */
  hasEnded(): boolean {
    return this.#end !== undefined;
  }

  /** Whether the program was asked to end. */
  stopRequested(): boolean {
    return this.#stopRequested;
  }

  /** Polls `url` until it responds with a 2xx status. Resolves with the milliseconds since the start. */
  async respondsAt(url: string): Promise<number> {
    await this.#poll(async () => ((await responds(url)) ? url : undefined));
    return Math.round(performance.now() - this.#startMs);
  }

  /** Waits until its log matches `pattern`. Resolves with what the first group matches. */
  printed(pattern: RegExp): Promise<string> {
    return this.#poll(async () => pattern.exec(logText(this.logFile))?.[1]);
  }

  /** Sends a signal. For `SIGTERM` and `SIGKILL` it resolves when the program has ended. */
  async signal(signal: NodeJS.Signals): Promise<void> {
    const ends = signal === 'SIGKILL' || signal === 'SIGTERM';
    if (ends) this.#stopRequested = true;
    this.#child.kill(signal);
    if (ends) await this.ended;
  }

  /** Stops the program with `SIGTERM`, and with `SIGKILL` when it has not ended after ten seconds. */
  async stop(): Promise<void> {
    // A process that SIGSTOP suspended handles SIGTERM only after SIGCONT.
    this.#child.kill('SIGCONT');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS);
    await this.signal('SIGTERM');
    clearTimeout(timer);
  }

  async #poll(look: () => Promise<string | undefined>): Promise<string> {
    for (;;) {
      const found = await look();
      // Checked first: the response may come from another program that holds the port.
      if (this.#end !== undefined) throw this.#failure(this.#end);
      if (found !== undefined) return found;
      if (performance.now() - this.#startMs > READY_MS)
        throw this.#failure(`was not ready within ${READY_MS / 1000} s`);
      await Promise.race([wait(READY_POLL_MS), this.ended]);
    }
  }

  /** The program writes to the file itself, so that it can outlive this process. A large file is copied and emptied. */
  #keepLogSmall(): void {
    const timer = setInterval(() => {
      try {
        if (statSync(this.logFile).size <= MAX_LOG_BYTES) return;
        copyFileSync(this.logFile, `${this.logFile}.old`);
        truncateSync(this.logFile);
      } catch {
        // A removed log needs no space.
      }
    }, LOG_POLL_MS).unref();
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

/** Keeps the log of the previous run as `.old`: it may say why that run ended. */
export function keepOldLog(logFile: string): void {
  if (existsSync(logFile)) renameSync(logFile, `${logFile}.old`);
}

/** The text of a log; empty when there is no file. */
export function logText(logFile: string): string {
  return existsSync(logFile) ? readFileSync(logFile, 'utf8') : '';
}

/** The last lines of a log without the frames of stack traces, and the name of the file, indented for the terminal. */
export function lastLines(logFile: string): string {
  const lines = logText(logFile)
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^ +at /.test(line));
  return [...lines.slice(-LAST_LINES), `(from ${logFile})`]
    .map((line) => `    ${line.slice(0, 500)}`)
    .join('\n');
}

/** Each program has its own process group, so that Ctrl-C does not reach it before it is stopped in order. */
function spawnIntoLog({ command, args, env, cwd, logFile }: ProgramOptions): ChildProcess {
  const log = openSync(logFile, 'a', 0o600);
  try {
    return spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', log, log] });
  } finally {
    closeSync(log);
  }
}

async function responds(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(RESPONSE_MS) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
