/**
 * Writes `packages/<name>/etc/<name>.api.md`, the public face of each package, so that a change of it is seen
 * in review. `--check` writes nothing and fails on a difference.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { PACKAGES, ROOT } from './repository.ts';

/** The extractor brings a compiler of its own, which must see what a user sees: `dist`, not the sources. */
const TSCONFIG = {
  compilerOptions: {
    target: 'es2024',
    lib: ['es2024', 'esnext.disposable', 'dom'],
    module: 'nodenext',
    types: ['node'],
    strict: true,
    skipLibCheck: true,
  },
  include: ['dist'],
};

function configOf(name: string): ExtractorConfig {
  const folder = `${ROOT}packages/${name}`;
  return ExtractorConfig.prepare({
    packageJsonFullPath: `${folder}/package.json`,
    configObjectFullPath: undefined,
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: '<projectFolder>/dist/index.d.ts',
      newlineKind: 'lf',
      compiler: { overrideTsconfig: TSCONFIG },
      apiReport: {
        enabled: true,
        includeForgottenExports: true,
        reportFileName: `${name}.api.md`,
        reportFolder: '<projectFolder>/etc/',
        reportTempFolder: `${ROOT}.cache/api/`,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        // Every export is public here, and the doc comments are read by people and editors, not by TSDoc tools.
        extractorMessageReporting: {
          default: { logLevel: ExtractorLogLevel.Error },
          'ae-forgotten-export': { logLevel: ExtractorLogLevel.None },
          'ae-missing-release-tag': { logLevel: ExtractorLogLevel.None },
          'ae-undocumented': { logLevel: ExtractorLogLevel.None },
          'ae-unresolved-link': { logLevel: ExtractorLogLevel.None },
        },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
  });
}

function isUpToDate(name: string, write: boolean): boolean {
  const config = configOf(name);
  mkdirSync(config.reportFolder, { recursive: true });
  const before = existsSync(config.reportFilePath)
    ? readFileSync(config.reportFilePath, 'utf8')
    : '';
  const { apiReportChanged, errorCount } = Extractor.invoke(config, {
    localBuild: write,
    messageCallback: (message) => {
      if (message.logLevel !== 'error') message.handled = true;
    },
  });
  const same = !apiReportChanged && before !== '';
  if (!same)
    console.error(
      `packages/${name}/etc/${name}.api.md: ${write ? 'written' : 'run `npm run api`'}`,
    );
  return errorCount === 0 && (write || same);
}

const write = !process.argv.includes('--check');
const wrong = PACKAGES.filter((name) => !isUpToDate(name, write));
process.exitCode = wrong.length > 0 ? 1 : 0;
