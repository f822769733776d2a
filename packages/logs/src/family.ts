import { listOf } from '@moneytrail/catalogue';
import { redactor } from '@moneytrail/privacy';
import type { Logger } from 'pino';
import { type RecordRules, readFields, type Serializers } from './record.ts';

interface Member extends RecordRules {
  /** Names of redacted fields besides the known ones. */
  readonly redacted: readonly string[];
}

interface ChildOptions {
  readonly [option: string]: unknown;
}

/** A root logger and its children: what each does to its records, and the fields bound to it. */
export interface Family {
  /** Takes over how `root` and its children make children and bind fields. */
  readonly adopt: (root: Logger) => void;
  readonly rulesOf: (logger: object) => RecordRules;
  readonly bindingsOf: (logger: Logger) => Readonly<Record<string, unknown>>;
}

function isObject(value: unknown): value is ChildOptions {
  return typeof value === 'object' && value !== null;
}

function isSerializers(value: unknown): value is Serializers {
  return isObject(value) && Object.values(value).every((one) => typeof one === 'function');
}

const MAX_PATH = 1000;

// pino names fields by path (`user.address[0].street`); here the last name of a path counts, at any depth.
function lastName(path: string): string[] {
  const names = path.slice(0, MAX_PATH).split(/[.[\]"'`*]+/);
  return names.filter((name) => name !== '').slice(-1);
}

function redactedBy(redact: unknown): string[] {
  const list = isObject(redact) && !Array.isArray(redact) ? redact['paths'] : redact;
  const isPath = (path: unknown): path is string => typeof path === 'string';
  return (listOf(list) ?? []).filter(isPath).flatMap(lastName);
}

/** The options of a child, each read once; none where they cannot be read, so that the request goes on with its log. */
function optionsOf(wanted: unknown): ChildOptions {
  try {
    if (!isObject(wanted) || Array.isArray(wanted)) return {};
    const { redact, serializers, ...others } = wanted;
    return {
      ...others,
      redact: redactedBy(redact),
      serializers: isSerializers(serializers) ? { ...serializers } : {},
    };
  } catch {
    return {};
  }
}

function childOf(parent: Member, options: ChildOptions): Member {
  const own = redactedBy(options['redact']);
  const serializers = isSerializers(options['serializers']) ? options['serializers'] : {};
  const redacted = [...parent.redacted, ...own];
  return {
    redacted,
    redact: own.length > 0 ? redactor(redacted) : parent.redact,
    serializers: { ...parent.serializers, ...serializers },
  };
}

// Left to pino these would run after the redaction, and not at all for OTLP.
function forPino({ redact, serializers, formatters, ...options }: ChildOptions): ChildOptions {
  return options;
}

function makeChild(
  make: (...values: never) => unknown,
  parent: object,
  fields: object,
  options: ChildOptions,
): object {
  try {
    return Reflect.apply(make, parent, [fields, forPino(options)]);
  } catch {
    // A level that does not exist: the child keeps its parent's level, so that the request goes on with its log.
    return Reflect.apply(make, parent, [fields]);
  }
}

/** Makes a family. All its members redact the known fields and those of `redacted`; a child may add some. */
export function createFamily(redacted: readonly string[]): Family {
  const first: Member = { redacted, redact: redactor(redacted), serializers: {} };
  const members = new WeakMap<object, Member>();
  const bindings = new WeakMap<object, Readonly<Record<string, unknown>>>();
  const memberOf = (logger: object): Member => members.get(logger) ?? first;

  const adopt = (root: Logger): void => {
    root.child = new Proxy(root.child, {
      apply(make, parent: object, [given, wanted]: unknown[]): object {
        const options = optionsOf(wanted);
        const member = childOf(memberOf(parent), options);
        const child = makeChild(make, parent, readFields(member, given), options);
        members.set(child, member);
        return child;
      },
    });
    root.setBindings = new Proxy(root.setBindings, {
      apply(bind, logger: object, [given]: unknown[]): void {
        bindings.delete(logger);
        Reflect.apply(bind, logger, [readFields(memberOf(logger), given)]);
      },
    });
  };

  const bindingsOf = (logger: Logger): Readonly<Record<string, unknown>> => {
    const known = bindings.get(logger) ?? logger.bindings();
    bindings.set(logger, known);
    return known;
  };

  return { adopt, bindingsOf, rulesOf: memberOf };
}
