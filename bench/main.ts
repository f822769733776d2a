/**
 * The benchmarks, one question each: a name (`import-cost` without one), the number of rounds, and what the bench allows.
 * `outage` takes the seconds that all backends are away, and how often the Collector is killed.
 */
import { benchCallCost } from './call-cost.bench.ts';
import { benchCollector } from './collector.bench.ts';
import { benchImportCost } from './import-cost.bench.ts';
import { benchOutage } from './outage.bench.ts';

const [first = 'import-cost', ...others] = process.argv.slice(2);
const [name, [rounds, ...rest]] = Number.isNaN(Number(first))
  ? [first, others]
  : ['import-cost', [first, ...others]];

if (name === 'import-cost') benchImportCost(Number(rounds ?? 15));
else if (name === 'call-cost') await benchCallCost(Number(rounds ?? 7));
else if (name === 'collector') await benchCollector(Number(rounds ?? 5), ...rest);
else if (name === 'outage') await benchOutage(Number(rounds ?? 600), Number(rest[0] ?? 4));
else throw new Error(`There is no bench ${name}: import-cost, call-cost, collector, outage`);
