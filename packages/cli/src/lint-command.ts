/** `moneytrail collector lint`. */
import {
  judgedPlaces,
  type LintFile,
  type LintOptions,
  lintCollectorConfig,
} from '@moneytrail/collector';
import { parse } from './arguments.ts';
import { type CliIo, EXIT } from './io.ts';
import { readText } from './read-text.ts';
import { judged, report } from './report.ts';

const OPTIONS = {
  prometheus: { type: 'string' },
  loki: { type: 'string' },
  jaeger: { type: 'string' },
  for: { type: 'string' },
  outage: { type: 'string' },
  env: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

/** `moneytrail collector lint FILE`. */
export function lintCommand(args: readonly string[], io: CliIo): number {
  const { values, file } = parse(args, OPTIONS, 'FILE');
  const { prometheus, loki, jaeger } = values;
  const paths: Partial<Record<LintFile, string>> = {
    collector: file,
    ...(prometheus !== undefined && { prometheus }),
    ...(loki !== undefined && { loki }),
    ...(jaeger !== undefined && { jaeger }),
  };
  const { collector = '', ...backends } = textsOf(paths);
  const options: LintOptions = {
    backends,
    ...(values.for !== undefined && { version: values.for }),
    ...(values.outage !== undefined && { outage: values.outage }),
    ...(values.env === true && { variables: io.env }),
  };
  const findings = lintCollectorConfig(collector, options).map((finding) => ({
    ...finding,
    file: paths[finding.file] ?? finding.file,
  }));
  io.out(
    values.json === true
      ? `${JSON.stringify({ findings }, null, 2)}\n`
      : report(findings, Object.values(paths), io) + judged(judgedPlaces(collector)),
  );
  return findings.length === 0 ? EXIT.clean : EXIT.findings;
}

function textsOf(paths: Partial<Record<LintFile, string>>): Partial<Record<LintFile, string>> {
  return Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, readText(path)]));
}
