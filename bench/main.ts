/** The benchmarks, one question each. The argument is the number of rounds. */
import { benchImportCost } from './import-cost.bench.ts';

benchImportCost(Number(process.argv[2] ?? 15));
