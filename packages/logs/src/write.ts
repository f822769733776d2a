/** Makes the line and the OTLP record of a log call: applies the options of pino, then redacts. */
import { context, isSpanContextValid, trace } from '@opentelemetry/api';
import { pino } from 'pino';
import type { LoggerTree, TreeLogger } from './logger-tree.ts';
import { messageOf } from './message.ts';
import { send } from './otlp.ts';
import { readFields } from './record.ts';
import type { Fields, Unknown, Write } from './symbols.ts';

/** Options of pino that are applied to each line. */
export interface LineOptions {
  readonly nestedKey: string | undefined;
  readonly mixinMergeStrategy: Unknown | undefined;
  readonly streamWrite: Unknown | undefined;
}

/** Replaces the `write` of pino in a root logger. */
export class Writer {
  readonly #tree: LoggerTree;
  readonly #options: LineOptions;
  readonly #write: Write;
  readonly #stage: TreeLogger;
  /** The line as changed by the hook of the caller. */
  #changed: string | undefined;

  constructor(tree: LoggerTree, root: TreeLogger, options: LineOptions) {
    this.#tree = tree;
    this.#options = options;
    this.#write = root[pino.symbols.writeSym];
    const hooks =
      options.streamWrite === undefined ? {} : { streamWrite: this.#hook(options.streamWrite) };
    // A logger without mixin, serializers and formatters: they have been applied before pino makes the line.
    this.#stage = Object.assign(Object.create(root), {
      [pino.symbols.mixinSym]: undefined,
      [pino.symbols.serializersSym]: Object.create(null),
      [pino.symbols.formattersSym]: {},
      [pino.symbols.hooksSym]: hooks,
    });
  }

  /** Writes a line and sends its record. Never throws. */
  write(logger: TreeLogger, given: unknown, message: unknown, level: number): void {
    const { keys } = this.#tree;
    const timeMs = Date.now();
    this.#tree.clock.nowMs = timeMs;
    const record = recordOf(given, keys.errorKey);
    const text = messageOf(this.#tree, logger, record, message);
    const fields = this.#fieldsOf(logger, record, level);
    const ids = spanIds();
    const changed = this.#writeLine(logger, { ...this.#nested(fields), ...ids }, text, level);
    const bound = this.#tree.boundTo(logger);
    const { nestedKey } = this.#options;
    const sent = {
      timeMs,
      level,
      levels: logger.levels,
      message: text,
      fields,
      bound,
      nestedKey,
      ...keys,
    };
    send(changed === undefined ? sent : { ...sent, ...this.#ofChanged(logger, changed) });
  }

  #nested(fields: Fields): Fields {
    const { nestedKey } = this.#options;
    if (nestedKey === undefined) return fields;
    return Object.keys(fields).length === 0 ? {} : { [nestedKey]: fields };
  }

  #fieldsOf(logger: TreeLogger, record: object, level: number): Record<string, unknown> {
    const { attempts } = this.#tree;
    const { log } = logger[pino.symbols.formattersSym];
    const merged = this.#merged(logger, record, level);
    const formatted =
      log === undefined
        ? merged
        : attempts.run(
            'formatters.log',
            () => log(merged),
            () => merged,
          );
    return readFields(this.#tree.rulesOf(logger), formatted);
  }

  /** The record with the fields of `mixin`. Fields of the record override them. */
  #merged(logger: TreeLogger, record: object, level: number): unknown {
    const { attempts } = this.#tree;
    const { mixinMergeStrategy: merge } = this.#options;
    const mixin = logger[pino.symbols.mixinSym];
    if (mixin === undefined) return record;
    const added = attempts.run(
      'mixin',
      () => mixin(record, level, logger),
      () => ({}),
    );
    if (merge !== undefined) {
      return attempts.run(
        'mixinMergeStrategy',
        () => merge(record, added),
        () => record,
      );
    }
    try {
      return { ...Object(added), ...record };
    } catch {
      // A getter of the record threw. The record is read field by field later.
      return record;
    }
  }

  /** Lets pino write a line of finished fields. Returns the line if the hook of the caller changed it. */
  #writeLine(logger: TreeLogger, fields: Fields, text: unknown, level: number): string | undefined {
    // The destination may log itself, and so call this again.
    const outer = this.#changed;
    this.#changed = undefined;
    try {
      this.#write.call(this.#stageOf(logger), fields, text, level);
    } catch (error) {
      this.#tree.attempts.lost(error);
    }
    const changed = this.#changed;
    this.#changed = outer;
    return changed;
  }

  #stageOf(logger: TreeLogger): TreeLogger {
    const stage = this.#stage;
    stage.levels = logger.levels;
    stage[pino.symbols.asJsonSym] = logger[pino.symbols.asJsonSym];
    stage[pino.symbols.chindingsSym] = logger[pino.symbols.chindingsSym];
    stage[pino.symbols.lsCacheSym] = logger[pino.symbols.lsCacheSym];
    stage[pino.symbols.streamSym] = logger[pino.symbols.streamSym];
    return stage;
  }

  /** Wraps the hook of the caller, which gets each line as text. Results that are not strings are ignored. */
  #hook(streamWrite: Unknown): (line: string) => string {
    return (line) => {
      const written = this.#tree.attempts.run(
        'hooks.streamWrite',
        () => streamWrite(line),
        () => line,
      );
      if (typeof written !== 'string' || written === line) return line;
      this.#changed = written;
      return written;
    };
  }

  /** The parts of a record that the hook changed in the line. Empty if the line is not JSON. */
  #ofChanged(
    logger: TreeLogger,
    line: string,
  ): { message?: unknown; fields?: Fields; bound?: Fields } {
    try {
      const { level, time, [this.#tree.keys.messageKey]: message, ...shown } = JSON.parse(line);
      const { redact } = this.#tree.redactionOf(logger);
      const fields = readFields({ redact, serialize: (_, value) => value }, shown);
      return { message: redact(message, this.#tree.keys.messageKey), fields, bound: {} };
    } catch {
      return {};
    }
  }
}

/** The record of a log call. As in pino, an error becomes a field. */
function recordOf(given: unknown, errorKey: string): object {
  try {
    if (given instanceof Error) return { [errorKey]: given };
  } catch {
    // `instanceof` throws for a revoked proxy.
  }
  return typeof given === 'object' && given !== null ? given : {};
}

/** The ids of the active span, if there is one. */
function spanIds(): Fields {
  const span = trace.getSpanContext(context.active());
  if (span === undefined || !isSpanContextValid(span)) return {};
  const flags = span.traceFlags.toString(16).padStart(2, '0');
  return { trace_id: span.traceId, span_id: span.spanId, trace_flags: flags };
}
