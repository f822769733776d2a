/** The counters of the Collector, from its own page: they are there also when Prometheus is not. */

/** The sum of a counter over the exporters or receivers whose labels hold a text. */
export async function collectorCount(url: string, name: string, labels = ''): Promise<number> {
  const page = await (await fetch(url)).text();
  return page
    .split('\n')
    .filter((line) => new RegExp(`^${name}(?:_total)?[{ ]`).test(line) && line.includes(labels))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}
