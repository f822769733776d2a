import { OPTIONS, type Option } from '../../packages/telemetry/src/options.ts';
import { expectation } from '../../packages/telemetry/src/rules.ts';
import { VARIABLES } from '../../packages/telemetry/src/variables.ts';
import { code, table, writtenFrom } from './markdown.ts';

/** `docs/configuration.md`: every option of `startTelemetry` and every variable that is read. */
export function configurationPage(): string {
  return `${writtenFrom('the tables of packages/telemetry')}
# Configuration

Nothing has to be set. A value that is not accepted raises a [coded error](errors.md) at start-up, before the first
payment.

## Options

Each can be given to \`startTelemetry\` or by its variable; the code wins over the environment.

${table(
  ['Option', 'Variable', 'Accepts', 'Default', 'Meaning'],
  Object.entries(OPTIONS).map(([name, option]) => [code(name), ...row(option)]),
)}
## Variables of OpenTelemetry

\`{SIGNAL}\` stands for \`TRACES\`, \`METRICS\` and \`LOGS\`.

${table(['Variable', 'Accepts', 'Default', 'Meaning'], Object.values(VARIABLES).map(row))}`;
}

function row(option: Option): string[] {
  const { variable, fallback, help } = option;
  const byDefault = fallback === undefined ? '' : code(String(fallback));
  return [code(variable), expectation(option), byDefault, help];
}
