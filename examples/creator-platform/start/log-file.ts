import { closeSync, existsSync, openSync, renameSync, writeSync } from 'node:fs';

const MAX_BYTES = 5_000_000;
const REMEMBERED_BYTES = 4_000;

/** What a process prints, in one file and one older one, so that a long run does not fill the disk. */
export class LogFile {
  readonly path: string;
  #fd: number;
  #bytes = 0;
  #tail = '';

  constructor(path: string) {
    this.path = path;
    // The log of the run before is kept: it may tell why that one ended, or be in use still.
    if (existsSync(path)) renameSync(path, `${path}.old`);
    this.#fd = openSync(path, 'w');
  }

  /** Adds a piece of output. A full disk loses the log and nothing else. */
  write(chunk: string): void {
    this.#tail = (this.#tail + chunk).slice(-REMEMBERED_BYTES);
    try {
      if (this.#bytes > MAX_BYTES) this.#rotate();
      this.#bytes += writeSync(this.#fd, chunk);
    } catch {
      // The tail still tells what happened last.
    }
  }

  /** The last lines, for the terminal: of an error its message, and not the way to it. */
  lastLines(count: number): string[] {
    const lines = this.#tail.split('\n').filter((line) => line !== '' && !/^ +at /.test(line));
    return lines.slice(-count);
  }

  #rotate(): void {
    renameSync(this.path, `${this.path}.old`);
    const full = this.#fd;
    this.#fd = openSync(this.path, 'w');
    closeSync(full);
    this.#bytes = 0;
  }
}
