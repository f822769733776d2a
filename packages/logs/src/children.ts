import type { Logger } from 'pino';
import { type RecordRules, readFields, type Serializers } from './record.ts';
import { redactor } from './redact.ts';

/** What each logger of one family does to its records, and the bindings it adds to them. */
export interface Family {
  rulesOf(logger: object): RecordRules;
  bindingsOf(logger: Logger): Readonly<Record<string, unknown>>;
}

// pino names fields by path (`user.address[0].street`); here the last name of a path counts, at any depth.
function lastName(path: unknown): string[] {
  return String(path)
    .split(/[.[\]"'`*]+/)
    .filter((part) => part !== '')
    .slice(-1);
}

function redactedBy(redact: unknown): string[] {
  const paths = typeof redact === 'object' && redact !== null && 'paths' in redact;
  const list: unknown = paths ? redact.paths : redact;
  return Array.isArray(list) ? list.flatMap(lastName) : [];
}

function isSerializers(value: unknown): value is Serializers {
  return typeof value === 'object' && value !== null;
}

interface ChildOptions {
  readonly [option: string]: unknown;
}

function isOptions(value: unknown): value is ChildOptions {
  return typeof value === 'object' && value !== null;
}

// pino would run these after the redaction, so they are taken out of its hands. Formatters have no place before it.
function withoutLateSteps(options: ChildOptions): ChildOptions {
  const { redact, serializers, formatters, ...others } = options;
  return others;
}

/**
 * Takes over how a logger makes children, so that what is bound to them is redacted like any other field, and so that their
 * own serializers and redactions hold for lines and for OTLP alike.
 */
export function adopt(root: Logger, rules: RecordRules, redacted: readonly string[]): Family {
  const known = new WeakMap<object, { rules: RecordRules; redacted: readonly string[] }>();
  const bindings = new WeakMap<object, Readonly<Record<string, unknown>>>();
  const stateOf = (logger: object): { rules: RecordRules; redacted: readonly string[] } =>
    known.get(logger) ?? { rules, redacted };

  root.child = new Proxy(root.child, {
    apply(child, parent: object, [given, wanted]: unknown[]): unknown {
      const options = isOptions(wanted) ? wanted : {};
      const state = inherit(stateOf(parent), options);
      const fields = readFields(state.rules, given);
      const created: object = Reflect.apply(child, parent, [fields, withoutLateSteps(options)]);
      known.set(created, state);
      return created;
    },
  });
  root.setBindings = new Proxy(root.setBindings, {
    apply(setBindings, logger: object, [given]: unknown[]): void {
      bindings.delete(logger);
      Reflect.apply(setBindings, logger, [readFields(stateOf(logger).rules, given)]);
    },
  });
  return {
    rulesOf: (logger) => stateOf(logger).rules,
    bindingsOf: (logger) => {
      const parsed = bindings.get(logger) ?? logger.bindings();
      bindings.set(logger, parsed);
      return parsed;
    },
  };
}

function inherit(
  parent: { rules: RecordRules; redacted: readonly string[] },
  options: ChildOptions,
): { rules: RecordRules; redacted: readonly string[] } {
  const { serializers } = options;
  const own = redactedBy(options['redact']);
  const redacted = own.length > 0 ? [...parent.redacted, ...own] : parent.redacted;
  const redact = own.length > 0 ? redactor(redacted) : parent.rules.redact;
  const rules = isSerializers(serializers)
    ? { redact, serializers: { ...parent.rules.serializers, ...serializers } }
    : { redact, serializers: parent.rules.serializers };
  return { rules, redacted };
}
