import { OPTION_LIST, type Option, type OptionName } from '../../packages/telemetry/src/options.ts';
import { code, table, writtenFrom } from './markdown.ts';

/** `docs/configuration.md`: every option of `startTelemetry`. */
export function configurationPage(): string {
  return `${writtenFrom('packages/telemetry/src/options.ts')}
# Configuration

Every option can be given to \`startTelemetry\` or by its variable; the code wins. A value that is not accepted raises a
[coded error](errors.md) at start-up, before the first payment. The standard variables of OpenTelemetry hold beside
these.

${table(['Option', 'Variable', 'Accepts', 'Default', 'Meaning'], OPTION_LIST.map(row))}`;
}

function row([name, option]: readonly [OptionName, Option]): string[] {
  const { variable, fallback, help } = option;
  return [
    code(name),
    code(variable),
    accepted(option),
    fallback === undefined ? '' : code(String(fallback)),
    help,
  ];
}

function accepted(option: Option): string {
  switch (option.kind) {
    case 'integer':
    case 'number':
      return `${option.kind}, ${option.min} to ${option.max}`;
    case 'choice':
      return option.values.map(code).join(' or ');
    case 'list':
      return `list of ${option.values.map(code).join(', ')}`;
    default:
      return option.kind;
  }
}
