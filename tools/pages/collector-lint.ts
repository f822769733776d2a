import { LINT_RULES, type LintRule } from '@moneytrail/collector';
import { CONFIGURATION_INSIDE } from './collector-lint-inside.ts';
import { code, table, writtenFrom } from './markdown.ts';

const FILES = {
  collector: 'The configuration of the Collector',
  prometheus: 'The configuration of Prometheus (`--prometheus FILE`)',
  loki: 'The configuration of Loki (`--loki FILE`)',
  jaeger: 'The configuration of Jaeger (`--jaeger FILE`)',
} as const;

/** `docs/collector-lint.md`: what the lint finds, why it matters and what was lost because of it. */
export function collectorLintPage(): string {
  return `${writtenFrom('the rules in packages/collector/src/lint/rules')}
# What the lint of the Collector finds

\`\`\`sh
alias moneytrail='npm run -s moneytrail --' # in this repository; elsewhere the command of @moneytrail/cli
moneytrail collector lint collector-config.yaml --prometheus deploy/prometheus/prometheus.yml \\
  --loki deploy/loki/loki.yaml --jaeger deploy/jaeger/jaeger.yaml
\`\`\`

Each finding has a place, a severity, a code and a way out. An *error* loses data, lets them out, or keeps the Collector from
starting; a *warning* may. The exit code is 0 when nothing was found, 1 when something was, 2 when a file cannot be read.
Losses given here were measured with Collector 0.159.0, Prometheus 3.15, Jaeger 2.13 and Loki 3.7.8 under constant load,
with senders that repeat each request until it is accepted.

The Collector's own \`validate\` checks each setting separately, not their combination: of 47 faults that the tests add to our
profile \`single\`, it rejected 8.

The lint does not guess unknown values: a variable has its default, and a variable without a default is skipped.
With \`--env\`, the variables of the shell are used. An intentional fault is allowed by a comment on its line, above it,
or above one of its parent keys:

\`\`\`yaml
# moneytrail: allow receiver-unauthenticated (the mesh does it)
\`\`\`

\`--for VERSION\` checks names and settings for that Collector, and \`--outage DURATION\` (6h) is the longest outage that must
not lose data. In code, it is one call:

\`\`\`ts
import { lintCollectorConfig } from '@moneytrail/collector';

for (const { line, code, message } of lintCollectorConfig('exporters: {otlphttp: {}}')) {
  console.log(line, code, message); // 1 component-unused \`otlphttp\` is defined but not used, ...
}
\`\`\`

${CONFIGURATION_INSIDE}
${Object.keys(FILES)
  .map((file) =>
    section(
      file,
      LINT_RULES.filter((rule) => rule.file === file),
    ),
  )
  .join('\n')}`;
}

function section(file: string, rules: readonly LintRule[]): string {
  const rows = rules.map((rule) => [
    `[${code(rule.code)}](#${rule.code})`,
    rule.severity,
    rule.title,
  ]);
  const title = Object.entries(FILES).find(([name]) => name === file)?.[1] ?? file;
  return `## ${title}

${table(['Code', 'Severity', 'Fault'], rows)}
${rules.map(entry).join('\n')}`;
}

function entry({ code: name, title, why, fix, severity }: LintRule): string {
  return `### ${name}\n\n**${title}** (${severity}) ${why}\n\n${fix}\n`;
}
