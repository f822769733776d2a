import { CASES } from './cases/index.ts';
import { describeCases } from './support/case.ts';
import { exampleAt } from './support/example.ts';
import { startPlatform } from './support/platform.ts';
import { storeBackend } from './support/store-backend.ts';

describeCases('the store, asked about', CASES, async () => {
  const env = { OTEL_METRIC_EXPORT_INTERVAL: '1000' };
  const { appUrl, storeUrl, dataDir, close } = await startPlatform({ args: ['--no-traffic'], env });
  return { example: exampleAt(appUrl, dataDir), backend: storeBackend(storeUrl), close };
});
