/**
 * Writes `packages/<name>/etc/<name>.api.md`, the public API of each package, and `<name>-<entry>.api.md` for each further entry
 * point, so that API changes are visible in reviews. `--check` writes nothing and fails on a difference.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { PACKAGES, ROOT, read } from './repository.ts';

/** The extractor has its own compiler, which must read `dist` like a user, not the sources. */
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

/** The entry points of a package with a report: the main one, and each folder with an `index`. */
function waysInto(name: string): string[] {
  const { exports } = JSON.parse(read(`packages/${name}/package.json`));
  return Object.keys(exports).filter((way) =>
    existsSync(`${ROOT}packages/${name}/src/${way}/index.ts`),
  );
}

function configOf(name: string, way: string): ExtractorConfig {
  const folder = `${ROOT}packages/${name}`;
  return ExtractorConfig.prepare({
    packageJsonFullPath: `${folder}/package.json`,
    configObjectFullPath: undefined,
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: `<projectFolder>/dist/${way}/index.d.ts`,
      newlineKind: 'lf',
      compiler: { overrideTsconfig: TSCONFIG },
      apiReport: {
        enabled: true,
        includeForgottenExports: true,
        reportFileName: `${reportOf(name, way)}.api.md`,
        reportFolder: '<projectFolder>/etc/',
        reportTempFolder: `${ROOT}.cache/api/`,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        // Every export is public, and doc comments are for people and editors, not for TSDoc tools.
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

function reportOf(name: string, way: string): string {
  return way === '.' ? name : `${name}-${way.slice('./'.length)}`;
}

function isUpToDate(name: string, way: string, write: boolean): boolean {
  const config = configOf(name, way);
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
      `packages/${name}/etc/${reportOf(name, way)}.api.md: ${write ? 'written' : 'run `npm run api`'}`,
    );
  return errorCount === 0 && (write || same);
}

const write = !process.argv.includes('--check');
const results = PACKAGES.flatMap((name) =>
  waysInto(name).map((way) => isUpToDate(name, way, write)),
);
process.exitCode = results.includes(false) ? 1 : 0;
