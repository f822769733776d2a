/** A root logger with its children: shared state, and the redaction and bound fields of each logger. */
import { type HiddenPath, type Redact, redactor } from '@moneytrail/privacy';
import { pino } from 'pino';
import type { Attempts } from './attempts.ts';
import { type ReadRules, readFields } from './record.ts';
import { type Fields, isPinoLogger, type PinoLogger } from './symbols.ts';

/** The redaction of a logger. */
export interface Redaction {
  readonly hidden: readonly HiddenPath[];
  readonly redact: Redact;
  /** Whether the message is a hidden field. */
  readonly hidesMessage: boolean;
}

const REDACTION: unique symbol = Symbol('moneytrail.redaction');
const BOUND: unique symbol = Symbol('moneytrail.bound');

/** A logger of `createLogger`. Its children inherit its state, and so does any object that has it as prototype. */
export interface TreeLogger extends PinoLogger {
  [REDACTION]: Redaction;
  /** The bound fields, as written in lines. */
  [BOUND]: Fields;
}

/** Fields that pino leaves out of bindings. */
const NOT_BOUND = ['level', 'serializers', 'formatters', 'customLevels'];

/** The field names of message and error. */
export interface Keys {
  readonly messageKey: string;
  readonly errorKey: string;
}

/** A root logger with its children. */
export class LoggerTree {
  readonly attempts: Attempts;
  readonly keys: Keys;
  /** Time of the current call, shared by the line and its OTLP record. */
  readonly clock: { nowMs: number } = { nowMs: Date.now() };
  #root: TreeLogger | undefined;

  constructor(attempts: Attempts, keys: Keys) {
    this.attempts = attempts;
    this.keys = keys;
  }

  /** Makes `logger` the root. It hides the known fields and `hidden`. */
  attachRoot(logger: PinoLogger, hidden: readonly HiddenPath[]): TreeLogger {
    const state = { [REDACTION]: this.#redaction(hidden), [BOUND]: {} };
    this.#root = Object.assign(logger, state);
    return this.#root;
  }

  #redaction(hidden: readonly HiddenPath[]): Redaction {
    const redact = redactor([], hidden);
    return { hidden, redact, hidesMessage: redact('a', this.keys.messageKey) !== 'a' };
  }

  /** `value` if it is a logger of this tree, else the root, because methods may be called detached from their logger. */
  loggerOf(value: unknown): TreeLogger {
    if (isTreeLogger(value)) return value;
    if (this.#root === undefined) throw new Error('the tree has no root');
    return this.#root;
  }

  redactionOf(logger: TreeLogger): Redaction {
    return logger[REDACTION];
  }

  boundTo(logger: TreeLogger): Fields {
    return logger[BOUND];
  }

  /** Hides more fields in a child. The fields that its parent hides stay hidden. */
  hideMore(child: TreeLogger, hidden: readonly HiddenPath[]): void {
    if (hidden.length === 0) return;
    child[REDACTION] = this.#redaction([...hidden, ...child[REDACTION].hidden]);
  }

  /** Formats, serializes and redacts fields, and binds them to a logger. */
  bind(logger: TreeLogger, given: unknown, rules: ReadRules = this.rulesOf(logger)): void {
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
   * Binds the fields of all lines of the root. The `name` of a logger is not the name of a person, so it is not redacted;
   * neither is `resource`, which is also on all telemetry.
   */
  bindBase(logger: TreeLogger, resource: Fields, base: Fields): void {
    const { hidden } = logger[REDACTION];
    const isHidden = hidden.some(({ names: [name, ...more] }) => name === 'name' && !more.length);
    const { redact, serialize } = this.rulesOf(logger);
    const redactBase: Redact = (value, field = '') => {
      if (Object.hasOwn(resource, field) && resource[field] === value) return value;
      return redact(value, field === 'name' && !isHidden ? '' : field);
    };
    this.bind(logger, { ...resource, ...base }, { redact: redactBase, serialize });
  }

  rulesOf(logger: TreeLogger): ReadRules {
    return {
      redact: logger[REDACTION].redact,
      serialize: (field, value) => this.serialize(logger, field, value),
    };
  }

  /** Applies the serializer of a field. If it throws, that is reported, and the value is replaced. */
  serialize(logger: TreeLogger, field: string, value: unknown): unknown {
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

function isTreeLogger(value: unknown): value is TreeLogger {
  return isPinoLogger(value) && REDACTION in value;
}
