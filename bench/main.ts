/**
 * The benchmarks. Arguments: a name (default `import-cost`), the number of rounds, and the arguments of that benchmark.
 * `outage` takes the seconds that all backends are down, and how often the Collector is killed.
 */
import { benchCallCost } from './call-cost.bench.ts';
import { benchCollector } from './collector.bench.ts';
import { benchImportCost } from './import-cost.bench.ts';
import { benchMetrics } from './metrics.bench.ts';
import { benchOutage } from './outage.bench.ts';

const [first = 'import-cost', ...others] = process.argv.slice(2);
const [name, [rounds, ...rest]] = Number.isNaN(Number(first))
  ? [first, others]
  : ['import-cost', [first, ...others]];

if (name === 'import-cost') benchImportCost(Number(rounds ?? 15));
else if (name === 'call-cost') await benchCallCost(Number(rounds ?? 7));
else if (name === 'collector') await benchCollector(Number(rounds ?? 5), ...rest);
else if (name === 'metrics') benchMetrics(Number(rounds ?? 5));
else if (name === 'outage') await benchOutage(Number(rounds ?? 600), Number(rest[0] ?? 4));
else
  throw new Error(
    `Unknown benchmark ${name}. Benchmarks: import-cost, call-cost, collector, metrics, outage`,
  );
