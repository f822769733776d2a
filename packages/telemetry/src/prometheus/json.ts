// Metrics as JSON between the processes of a service. JSON has no numbers that are not finite, and instruments may have any.

/** Numbers that are not finite become their text, which `numberOf` reads. */
export function writeJson(content: object): string {
  return JSON.stringify(content, (_, value: unknown) => {
    const isLost =
      typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value));
    return isLost ? String(value) : value;
  });
}

/** A number that may have come as its text. */
export function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : Number(value);
}
