const REASONS: unique symbol = Symbol('reasons');

/**
 * Gives settings the reasons that are written above them in the YAML. The value itself is the same; a copy by spreading
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

/** The reasons that `explain` gave. */
export function reasonsOf(settings: object): Readonly<Record<string, string>> {
  return REASONS in settings ? (settings[REASONS] as Record<string, string>) : {};
}
