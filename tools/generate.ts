/** Writes the files that follow from code. `--check` writes nothing and fails on a difference. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { collectorFiles } from './pages/collector.ts';
import { collectorLintPage } from './pages/collector-lint.ts';
import { configurationPage } from './pages/configuration.ts';
import { dashboardFiles } from './pages/dashboards.ts';
import { errorsPage } from './pages/errors.ts';
import { eventsPage } from './pages/events.ts';
import { metricsPage } from './pages/metrics.ts';
import { ROOT, read } from './repository.ts';

const PAGES = {
  'docs/collector-lint.md': collectorLintPage(),
  'docs/configuration.md': configurationPage(),
  'docs/errors.md': await errorsPage(),
  'docs/events.md': eventsPage(),
  'docs/metrics.md': metricsPage(),
  ...collectorFiles(),
  ...dashboardFiles(),
};

const checks = process.argv.includes('--check');
for (const [path, text] of Object.entries(PAGES)) {
  if (existsSync(ROOT + path) && read(path) === text) continue;
  if (!checks) {
    mkdirSync(dirname(ROOT + path), { recursive: true });
    writeFileSync(ROOT + path, text);
  }
  console.log(checks ? `${path} is behind its source: run \`npm run generate\`` : `wrote ${path}`);
  if (checks) process.exitCode = 1;
}
