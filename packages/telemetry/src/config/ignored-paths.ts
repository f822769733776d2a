// Requests of which nothing is recorded, by their path.

/** A path, or its beginning before a `*`. */
export function isPathEntry(entry: string): boolean {
  return /^\/[^\s?#*,]*\*?$/.test(entry);
}

/** Whether the path of a request is in a list of paths, without its query. */
export function createPathMatcher(
  entries: readonly string[],
): (url: string | undefined) => boolean {
  if (entries.length === 0) return () => false;
  const whole = new Set(entries.filter((entry) => !entry.endsWith('*')));
  const starts = entries.filter((entry) => entry.endsWith('*')).map((entry) => entry.slice(0, -1));
  return (url = '') => {
    const [path = ''] = url.split('?', 1);
    return whole.has(path) || starts.some((start) => path.startsWith(start));
  };
}
