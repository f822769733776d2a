import { describe, expect, it } from '@jest/globals';
import { ALL_PACKAGES, filesOf, importsOf, read } from './repository.ts';

/**
 * The architecture, in one constant. Each line is a flow, each group a step of it: a package imports only
 * packages from the steps before its own, on a flow it is on. Packages that read data (the last flow) never
 * import packages that record it (the first): they share only the catalogue and OTLP.
 */
const FLOWS = [
  [
    ['catalogue'],
    ['privacy'],
    ['metrics'],
    ['tracing', 'logs', 'health'],
    ['providers', 'referrals', 'db'],
    ['telemetry'],
  ],
  [['catalogue'], ['browser']],
  [
    ['catalogue'],
    ['privacy', 'promql'],
    ['collector', 'rules', 'anomaly'],
    ['dashboards', 'store'],
    ['page', 'insights'],
    ['cli'],
  ],
];

/** The only package that imports OpenTelemetry's SDK; the others import only its API. */
const BOOTSTRAP = 'telemetry';

function packagesBefore(name: string): string[] {
  return FLOWS.flatMap((flow) => {
    const step = flow.findIndex((packages) => packages.includes(name));
    return step < 0 ? [] : flow.slice(0, step).flat();
  });
}

function isAllowed(name: string, specifier: string): boolean {
  const [scope, target = ''] = specifier.split('/');
  if (scope === '@moneytrail') return target === name || packagesBefore(name).includes(target);
  if (scope === '@opentelemetry') return target === 'api' || name === BOOTSTRAP;
  return true;
}

function dependenciesOf(folder: string): string[] {
  const { dependencies = {}, peerDependencies = {} } = JSON.parse(read(`${folder}/package.json`));
  return Object.keys({ ...dependencies, ...peerDependencies });
}

describe.each(ALL_PACKAGES)('the package %s', (name) => {
  it('is part of a flow', () => {
    expect(FLOWS.flat(2)).toContain(name);
  });

  it('depends only on packages before it', () => {
    const dependencies = dependenciesOf(`packages/${name}`);
    expect(dependencies.filter((dependency) => !isAllowed(name, dependency))).toEqual([]);
  });

  it('imports only packages before it', () => {
    const wrong = filesOf(`packages/${name}/src/**/*.{ts,tsx}`).flatMap((path) =>
      importsOf(read(path))
        .filter((specifier) => !isAllowed(name, specifier))
        .map((specifier) => `${path} imports ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });
});

it('the catalogue has no dependencies', () => {
  expect(dependenciesOf('packages/catalogue')).toEqual([]);
});

it('examples import only what a service would import', () => {
  const [service = [], , last = []] = FLOWS;
  const views = last.flat().filter((name) => !service.flat().includes(name));
  const wrong = filesOf('examples/*/**/*.ts').flatMap((path) =>
    importsOf(read(path)).filter((specifier) =>
      views.some((view) => specifier === `@moneytrail/${view}`),
    ),
  );
  expect(wrong).toEqual([]);
});
