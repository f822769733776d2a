// Says at start which variables have no effect: the standard ones that are not supported, and misspelt ones.
import { codedText, nearest } from '@moneytrail/catalogue';
import { ERRORS } from '../../errors.ts';
import { Environment, type Variables, variablesOf } from '../environment.ts';
import { type DefaultedOption, OPTIONS } from '../options.ts';
import { VARIABLES } from '../variables.ts';
import {
  DISABLED_INSTRUMENTATIONS,
  ENABLED_INSTRUMENTATIONS,
  INSTRUMENTATION_NAMES,
} from './instrumentations.ts';
import { insteadOf } from './unsupported.ts';

/** Names of everything that is read. */
const KNOWN: ReadonlySet<string> = new Set(
  [...Object.values(OPTIONS), ...VARIABLES].flatMap(variablesOf),
);

/** Reports each variable that is set and has no effect, as a warning of the process with a code. Never throws. */
export function reportVariables(variables: Variables): void {
  for (const [name, value] of Object.entries(variables)) {
    if (/^(?:OTEL|OTLP|MONEYTRAIL)_/.test(name) && value?.trim() && !KNOWN.has(name)) report(name);
  }
  const env = new Environment(variables);
  reportInstrumentations(ENABLED_INSTRUMENTATIONS, env);
  reportInstrumentations(DISABLED_INSTRUMENTATIONS, env);
}

function report(name: string): void {
  const instead = insteadOf(name);
  const meant = nearest(name, [...KNOWN]);
  if (instead !== undefined) {
    const code = 'MONEYTRAIL_VARIABLE_UNSUPPORTED';
    warn(code, codedText(ERRORS, code, { name, instead }));
  } else if (meant !== undefined || name.startsWith('MONEYTRAIL_')) {
    const code = 'MONEYTRAIL_VARIABLE_UNKNOWN';
    warn(code, codedText(ERRORS, code, { name, meant }));
  }
}

/** Names of instrumentations differ between versions of OpenTelemetry, so an unknown one does not prevent the start. */
function reportInstrumentations(
  option: DefaultedOption<readonly string[]>,
  env: Environment,
): void {
  for (const name of env.read(option)) {
    if (INSTRUMENTATION_NAMES.includes(name)) continue;
    const meant = nearest(name, INSTRUMENTATION_NAMES);
    const code = 'MONEYTRAIL_INSTRUMENTATION_UNKNOWN';
    warn(code, codedText(ERRORS, code, { variable: option.variable, name, meant }));
  }
}

function warn(code: string, text: string): void {
  process.emitWarning(text, { type: 'MoneytrailWarning', code });
}
