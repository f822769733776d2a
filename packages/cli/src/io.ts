/** The terminal and environment of a command. Tests pass their own. */
export interface CliIo {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Whether to print colours: the output is a terminal and NO_COLOR is not set. */
  readonly colours: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Exit codes. */
export const EXIT = { clean: 0, findings: 1, failed: 2 } as const;

const CODES = { red: 31, yellow: 33, dim: 2, bold: 1 } as const;

/** Adds a colour to a text if colours are enabled. */
export function paint(io: CliIo, colour: keyof typeof CODES, text: string): string {
  return io.colours ? `\u001B[${CODES[colour]}m${text}\u001B[0m` : text;
}
