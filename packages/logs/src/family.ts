// What a root logger and its children share, and what each of them does to its records.
import { type HiddenPath, type Redact, redactor } from '@moneytrail/privacy';
import { pino } from 'pino';
import type { Attempts } from './attempts.ts';
import { type ReadRules, readFields } from './record.ts';
import { type Fields, isPinoLogger, type PinoLogger } from './symbols.ts';

/** What a logger redacts. */
export interface Redaction {
  readonly hidden: readonly HiddenPath[];
  readonly redact: Redact;
  /** Whether the message is a hidden field. */
  readonly hidesMessage: boolean;
}

const REDACTION: unique symbol = Symbol('moneytrail.redaction');
const BOUND: unique symbol = Symbol('moneytrail.bound');

/** A logger of `createLogger`. Its children inherit what they do not have themselves, and so does whatever has it as its prototype. */
export interface OwnLogger extends PinoLogger {
  [REDACTION]: Redaction;
  /** The fields that are bound to it, as its lines carry them. */
  [BOUND]: Fields;
}

/** Names of fields that pino leaves out of bindings. */
const NOT_BOUND = ['level', 'serializers', 'formatters', 'customLevels'];

/** The names that pino's options give to parts of a line. */
export interface Keys {
  readonly messageKey: string;
  readonly errorKey: string;
}

/** A root logger with its children. */
export class Family {
  readonly attempts: Attempts;
  readonly keys: Keys;
  /** When the current line was logged, so that it and its record have one time. */
  readonly clock: { nowMs: number } = { nowMs: Date.now() };
  #root: OwnLogger | undefined;

  constructor(attempts: Attempts, keys: Keys) {
    this.attempts = attempts;
    this.keys = keys;
  }

  /** Makes `logger` the root, which hides the known fields and `hidden`. */
  adopt(logger: PinoLogger, hidden: readonly HiddenPath[]): OwnLogger {
    const parts = { [REDACTION]: this.#redaction(hidden), [BOUND]: {} };
    this.#root = Object.assign(logger, parts);
    return this.#root;
  }

  #redaction(hidden: readonly HiddenPath[]): Redaction {
    const redact = redactor([], hidden);
    return { hidden, redact, hidesMessage: redact('a', this.keys.messageKey) !== 'a' };
  }

  /** `value` where it is a logger of this family, else the root: a method of a logger may be called without it. */
  memberOf(value: unknown): OwnLogger {
    if (isOwn(value)) return value;
    if (this.#root === undefined) throw new Error('a family has a root');
    return this.#root;
  }

  redactionOf(logger: OwnLogger): Redaction {
    return logger[REDACTION];
  }

  boundTo(logger: OwnLogger): Fields {
    return logger[BOUND];
  }

  /** Hides more in a child. What its parent hides stays hidden. */
  hideMore(child: OwnLogger, hidden: readonly HiddenPath[]): void {
    if (hidden.length === 0) return;
    child[REDACTION] = this.#redaction([...hidden, ...child[REDACTION].hidden]);
  }

  /** Binds fields to a logger, formatted, serialised and redacted. */
  bind(logger: OwnLogger, given: unknown, rules: ReadRules = this.rulesOf(logger)): void {
    const { bindings: format } = logger[pino.symbols.formattersSym];
    const formatted = this.attempts.run(
      'formatters.bindings',
      () => format(given),
      () => given,
    );
    const fields = readFields(rules, formatted);
    for (const name of NOT_BOUND) Reflect.deleteProperty(fields, name);
    const text = JSON.stringify(fields).slice(1, -1);
    logger[BOUND] = { ...logger[BOUND], ...fields };
    logger[pino.symbols.chindingsSym] += text === '' ? '' : `,${text}`;
  }

  /**
   * Binds the fields that all lines of a root have. The name of a logger is the name of nobody, and `resource` is what the telemetry
   * says of the service as well.
   */
  bindBase(logger: OwnLogger, resource: Fields, base: Fields): void {
    const { hidden } = logger[REDACTION];
    const isHidden = hidden.some(({ names: [name, ...more] }) => name === 'name' && !more.length);
    const { redact, serialize } = this.rulesOf(logger);
    const redactBase: Redact = (value, field = '') => {
      if (Object.hasOwn(resource, field) && resource[field] === value) return value;
      return redact(value, field === 'name' && !isHidden ? '' : field);
    };
    this.bind(logger, { ...resource, ...base }, { redact: redactBase, serialize });
  }

  rulesOf(logger: OwnLogger): ReadRules {
    return {
      redact: logger[REDACTION].redact,
      serialize: (field, value) => this.serialize(logger, field, value),
    };
  }

  /** What the serializer of a field makes of its value; it is reported where it throws, and shows nothing of it. */
  serialize(logger: OwnLogger, field: string, value: unknown): unknown {
    const serializers = logger[pino.symbols.serializersSym];
    const ofErrors = field === this.keys.errorKey ? serializers['err'] : undefined;
    const serializer = serializers[field] ?? ofErrors;
    if (value === undefined || typeof serializer !== 'function') return value;
    return this.attempts.run(
      `serializers.${field}`,
      () => serializer(value),
      () => '[unreadable]',
    );
  }
}

function isOwn(value: unknown): value is OwnLogger {
  return isPinoLogger(value) && REDACTION in value;
}
