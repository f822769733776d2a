/** Starts a program and reports how it ended. */
import { spawn } from 'node:child_process';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Program {
  readonly pid: number;
  /** Resolves with the first match in what the program has printed. */
  seen(pattern: RegExp): Promise<RegExpExecArray>;
  /** The same for its standard error output. */
  warned(pattern: RegExp): Promise<RegExpExecArray>;
  kill(signal: NodeJS.Signals): void;
  /** Writes to its standard input. */
  write(text: string): void;
  /** Ends its standard input. */
  end(): void;
  /** Everything that it has printed on its standard output. */
  printed(): string;
  readonly ended: Promise<Ended>;
}

/** What the environment of the test must not decide. */
const CLEAN = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(OTEL|MONEYTRAIL|NODE)_/.test(name)),
);

/** How long a program may run before a test gives it up, unless the test says so. */
const PATIENCE_MS = 30_000;

/** Runs a program of this workspace, from its sources. */
export function run(
  parameters: readonly string[],
  env: Record<string, string> = {},
  patienceMs = PATIENCE_MS,
): Program {
  const ofSources = ['--conditions=@moneytrail/source', ...parameters];
  return runIn(process.cwd(), [process.execPath, ...ofSources], env, patienceMs);
}

/** Runs any command in a folder, with the environment of a clean machine. */
export function runIn(
  folder: string,
  [command, ...parameters]: readonly [string, ...string[]],
  env: Record<string, string> = {},
  patienceMs = PATIENCE_MS,
): Program {
  const child = spawn(command, parameters, {
    cwd: folder,
    env: { ...CLEAN, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const printed = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (printed.stdout += chunk));
  child.stderr.on('data', (chunk) => (printed.stderr += chunk));
  const patience = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => {
      clearTimeout(patience);
      resolve({ code, signal, ...printed });
    });
  });
  const found = (name: 'stdout' | 'stderr', pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const match = pattern.exec(printed[name]);
        if (match) resolve(match);
      };
      look();
      child[name].on('data', look);
      void ended.then(({ stderr }) => reject(new Error(`${pattern} was not printed\n${stderr}`)));
    });
  return {
    pid: child.pid ?? 0,
    ended,
    kill: (signal) => child.kill(signal),
    write: (text) => child.stdin.write(text),
    end: () => child.stdin.end(),
    printed: () => printed.stdout,
    seen: (pattern) => found('stdout', pattern),
    warned: (pattern) => found('stderr', pattern),
  };
}
