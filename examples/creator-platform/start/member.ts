import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { MoneytrailError } from '@moneytrail/catalogue';
import { LogFile } from './log-file.ts';

/** One process of the tree. */
export interface MemberOptions {
  readonly name: string;
  /** The program, from the root of the repository. */
  readonly script: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly logDir: string;
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const LEASH = new URL('./leash.ts', import.meta.url).href;
/** Longer than the example takes to answer what is under way and to send its last telemetry. */
const STOP_MS = 6_000;
const READY_LINE = /ready: (\S+)/;

/** A running process: it says when it is ready, and stops when it is told to. */
export class Member {
  readonly name: string;
  readonly log: LogFile;
  /** Resolves with words about its end. */
  readonly ended: Promise<string>;
  readonly #child: ChildProcess;
  readonly #address: Promise<string>;
  #hasEnded = false;

  constructor(options: MemberOptions) {
    this.name = options.name;
    this.log = new LogFile(join(options.logDir, `${options.name}.log`));
    this.#child = spawnDetached(options);
    this.#address = this.#readOutput();
    this.ended = this.#awaitEnd();
  }

  /** The address that it prints when it is ready. Rejects when it ends before. */
  address(): Promise<string> {
    return this.whileAlive(this.#address);
  }

  /** What `work` gives. Rejects with `MONEYTRAIL_START_PROCESS_FAILED` when the process ends before. */
  async whileAlive<Result>(work: Promise<Result>): Promise<Result> {
    const first = await Promise.race([
      work.then((result) => ({ result })),
      this.ended.then((how) => ({ how })),
    ]);
    if ('result' in first) return first.result;
    throw this.failure(first.how);
  }

  /** The error for a process that ended before its time. */
  failure(how: string): MoneytrailError {
    return new MoneytrailError('MONEYTRAIL_START_PROCESS_FAILED', this.name, how);
  }

  /** Whether it is over. */
  hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Lets go of the process and waits until it has ended; one that does not is killed. */
  async stop(): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    const timer = setTimeout(() => this.kill(), STOP_MS);
    await this.ended;
    clearTimeout(timer);
  }

  /** Ends the process at once. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #readOutput(): Promise<string> {
    return new Promise((resolve) => {
      for (const stream of [this.#child.stdout, this.#child.stderr]) {
        stream?.setEncoding('utf8').on('data', (text: string) => {
          this.log.write(text);
          const address = READY_LINE.exec(text)?.[1];
          if (address !== undefined) resolve(address);
        });
      }
    });
  }

  /** Not by `close`, which never comes for a child whose channel was closed from here. */
  async #awaitEnd(): Promise<string> {
    const how = await new Promise<string>((resolve) => {
      this.#child.once('error', (error) => resolve(`could not be started: ${error.message}`));
      this.#child.once('exit', (code, signal) =>
        resolve(`ended with ${signal ?? `exit code ${code}`}`),
      );
    });
    this.#hasEnded = true;
    // Its last words may still be on their way.
    await Promise.allSettled([this.#child.stdout, this.#child.stderr].map(readToEnd));
    return how;
  }
}

function spawnDetached({ script, args = [], env = {} }: MemberOptions): ChildProcess {
  const flags = ['--conditions=@moneytrail/source', `--import=${LEASH}`];
  return spawn(process.execPath, [...flags, join(ROOT, script), ...args], {
    cwd: ROOT,
    detached: true,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}

function readToEnd(stream: Readable | null): Promise<void> | undefined {
  return stream?.destroyed === false ? finished(stream) : undefined;
}
