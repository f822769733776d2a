/** The counters of the Collector, from its own endpoint, which works without Prometheus. */

/** The sum of a counter over the exporters or receivers whose labels contain all given texts. */
export async function collectorCount(
  url: string,
  name: string,
  ...labels: readonly string[]
): Promise<number> {
  const page = await (await fetch(url)).text();
  return page
    .split('\n')
    .filter((line) => new RegExp(`^${name}(?:_total)?[{ ]`).test(line))
    .filter((line) => labels.every((label) => line.includes(label)))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}
