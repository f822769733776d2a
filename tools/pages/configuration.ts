import { COMPONENTS } from '../../packages/telemetry/src/config/components.ts';
import { OPTIONS, type Setting } from '../../packages/telemetry/src/config/options.ts';
import { UNSUPPORTED } from '../../packages/telemetry/src/config/variables/unsupported.ts';
import { VARIABLES } from '../../packages/telemetry/src/config/variables.ts';
import { code, table, writtenFrom } from './markdown.ts';

/** `docs/configuration.md`: every option of `startTelemetry` and every variable that is read. */
export function configurationPage(): string {
  return `${writtenFrom('the tables of packages/telemetry')}
# Configuration

Nothing has to be set. A value that is not accepted raises a [coded error](errors.md) at start-up, before the first
payment.

## Options

Each can be passed to \`startTelemetry\` or set by its variable; the code wins over the environment. In code, a list may also be an array.

${table(
  ['Option', 'Variable', 'Accepts', 'Default', 'Meaning'],
  Object.entries<Setting>(OPTIONS).map(([name, option]) => [code(name), ...row(option)]),
)}
## Components

These options have no variable. What each of them is for, and how NodeSDK calls it: [Coming from NodeSDK](from-nodesdk.md).

${table(
  ['Option', 'Takes', 'Meaning'],
  Object.entries(COMPONENTS).map(([name, { takes, help }]) => [code(name), takes, help]),
)}
## Variables of OpenTelemetry

\`{SIGNAL}\` stands for \`TRACES\`, \`METRICS\` and \`LOGS\`.

${table(['Variable', 'Accepts', 'Default', 'Meaning'], Object.values(VARIABLES).map(row))}
Names in lists and choices may have any case. \`OTEL_EXPORTER_PROMETHEUS_HOST\` other than this machine needs \`metricsToken\`, as
\`metricsHost\` does. Limits cut spans and log lines, never a business event.

## Variables without effect

Each is reported at start as \`MONEYTRAIL_VARIABLE_UNSUPPORTED\`, a warning of the process. So is a name that is near to one of those
above, as \`MONEYTRAIL_VARIABLE_UNKNOWN\`, and any other that begins with \`MONEYTRAIL_\`. Names of other languages, such as
\`OTEL_PYTHON_…\`, are left alone.

${table(
  ['Variable', 'Instead'],
  UNSUPPORTED.map(({ variable, instead }) => [code(variable), instead]),
)}
## Proxies

Requests take the way that Node was asked to take: with \`NODE_USE_ENV_PROXY=1\` or \`--use-env-proxy\` (Node.js 24.5, 22.21) they go through
\`HTTP_PROXY\` and \`HTTPS_PROXY\`, but for the hosts in \`NO_PROXY\`. Without either they go straight to the endpoint, as \`fetch\` does.
`;
}

function row(setting: Setting): string[] {
  const { variable, rule, fallback, help } = setting;
  const text = fallback === undefined || fallback === false ? '' : String(fallback);
  return [code(variable), rule.expects, text && code(text), help];
}
