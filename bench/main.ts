/** The benchmarks, one question each: a name (`import-cost` without one), the number of rounds, and what the bench allows. */
import { benchCollector } from './collector.bench.ts';
import { benchImportCost } from './import-cost.bench.ts';

const [first = 'import-cost', ...others] = process.argv.slice(2);
const [name, [rounds, ...rest]] = Number.isNaN(Number(first))
  ? [first, others]
  : ['import-cost', [first, ...others]];

if (name === 'import-cost') benchImportCost(Number(rounds ?? 15));
else if (name === 'collector') await benchCollector(Number(rounds ?? 5), ...rest);
else throw new Error(`There is no bench ${name}: import-cost, collector`);
