// Makes a line and an OTLP record of what was logged: as the options of pino say, and then redacted.
import { pino } from 'pino';
import type { Family, OwnLogger } from './family.ts';
import { messageOf } from './message.ts';
import { send } from './otlp.ts';
import { readFields } from './record.ts';
import { spanIds } from './span-ids.ts';
import type { Fields, Unknown, Write } from './symbols.ts';

/** Options of pino that take effect when a line is made. */
export interface LineOptions {
  readonly nestedKey: string | undefined;
  readonly mixinMergeStrategy: Unknown | undefined;
  readonly streamWrite: Unknown | undefined;
}

/** Takes the place of pino's `write` in a root logger. */
export class Writer {
  readonly #family: Family;
  readonly #options: LineOptions;
  readonly #write: Write;
  readonly #stage: OwnLogger;
  /** The line, where the hook of the caller changed it. */
  #changed: string | undefined;

  constructor(family: Family, root: OwnLogger, options: LineOptions) {
    this.#family = family;
    this.#options = options;
    this.#write = root[pino.symbols.writeSym];
    const hooks =
      options.streamWrite === undefined ? {} : { streamWrite: this.#hook(options.streamWrite) };
    // A logger with nothing more to do to a record: all of it is done when pino makes the line.
    this.#stage = Object.assign(Object.create(root), {
      [pino.symbols.mixinSym]: undefined,
      [pino.symbols.serializersSym]: Object.create(null),
      [pino.symbols.formattersSym]: {},
      [pino.symbols.hooksSym]: hooks,
    });
  }

  /** Writes and sends what was logged. It never throws. */
  write(logger: OwnLogger, given: unknown, message: unknown, level: number): void {
    const { keys } = this.#family;
    const timeMs = Date.now();
    this.#family.clock.nowMs = timeMs;
    const record = recordOf(given, keys.errorKey);
    const text = messageOf(this.#family, logger, record, message);
    const fields = this.#fieldsOf(logger, record, level);
    const ids = spanIds();
    const changed = this.#writeLine(logger, { ...this.#nested(fields), ...ids }, text, level);
    const bound = this.#family.boundTo(logger);
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

  #fieldsOf(logger: OwnLogger, record: object, level: number): Record<string, unknown> {
    const { attempts } = this.#family;
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
    return readFields(this.#family.rulesOf(logger), formatted);
  }

  /** The record with what `mixin` adds. A field that is logged comes before one that is added. */
  #merged(logger: OwnLogger, record: object, level: number): unknown {
    const { attempts } = this.#family;
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
      // A getter of the record threw; it is read field by field later.
      return record;
    }
  }

  /** Has pino make and write a line of fields that are done. Returns the line where the hook of the caller changed it. */
  #writeLine(logger: OwnLogger, fields: Fields, text: unknown, level: number): string | undefined {
    // A destination may log in turn.
    const outer = this.#changed;
    this.#changed = undefined;
    try {
      this.#write.call(this.#stageOf(logger), fields, text, level);
    } catch (error) {
      this.#family.attempts.lost(error);
    }
    const changed = this.#changed;
    this.#changed = outer;
    return changed;
  }

  #stageOf(logger: OwnLogger): OwnLogger {
    const stage = this.#stage;
    stage.levels = logger.levels;
    stage[pino.symbols.asJsonSym] = logger[pino.symbols.asJsonSym];
    stage[pino.symbols.chindingsSym] = logger[pino.symbols.chindingsSym];
    stage[pino.symbols.lsCacheSym] = logger[pino.symbols.lsCacheSym];
    stage[pino.symbols.streamSym] = logger[pino.symbols.streamSym];
    return stage;
  }

  /** The hook of the caller, which gets each line as text. A result that is not text is not written. */
  #hook(streamWrite: Unknown): (line: string) => string {
    return (line) => {
      const written = this.#family.attempts.run(
        'hooks.streamWrite',
        () => streamWrite(line),
        () => line,
      );
      if (typeof written !== 'string' || written === line) return line;
      this.#changed = written;
      return written;
    };
  }

  /** What is sent where the hook changed the line: what it left in it. A line that is not JSON says nothing. */
  #ofChanged(
    logger: OwnLogger,
    line: string,
  ): { message?: unknown; fields?: Fields; bound?: Fields } {
    try {
      const { level, time, [this.#family.keys.messageKey]: message, ...shown } = JSON.parse(line);
      const { redact } = this.#family.redactionOf(logger);
      const fields = readFields({ redact, serialize: (_, value) => value }, shown);
      return { message: redact(message, this.#family.keys.messageKey), fields, bound: {} };
    } catch {
      return {};
    }
  }
}

/** As pino writes what is logged: an error is a field of the record. */
function recordOf(given: unknown, errorKey: string): object {
  try {
    if (given instanceof Error) return { [errorKey]: given };
  } catch {
    // A revoked proxy.
  }
  return typeof given === 'object' && given !== null ? given : {};
}
