/** Reasons of settings. */

const REASONS: unique symbol = Symbol('reasons');

/**
 * Attaches reasons to settings, which are written above them in the YAML. The value is unchanged, and a copy by spreading
 * keeps its reasons.
 */
export function explain<Settings extends object>(
  settings: Settings,
  reasons: { readonly [Key in keyof Settings]?: string },
): Settings {
  return Object.defineProperty({ ...settings }, REASONS, {
    value: { ...reasonsOf(settings), ...reasons },
    enumerable: true,
  });
}

/** The reasons attached by `explain`. */
export function reasonsOf(settings: object): Readonly<Record<string, string>> {
  return REASONS in settings ? (settings[REASONS] as Record<string, string>) : {};
}
