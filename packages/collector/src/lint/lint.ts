/** The lint for Collector configurations. */
import { invalidOption } from '@moneytrail/catalogue';
import { NEWEST_VERSION, parseLaterVersion } from '../ids/version.ts';
import { allowances } from './allowances.ts';
import { configView } from './config-view.ts';
import { type Configuration, configurationsOf } from './configurations.ts';
import { firstDocument, parseText } from './document.ts';
import { durationMs } from './duration.ts';
import { fixIn } from './inside/fixes.ts';
import type { Place } from './inside/place.ts';
import type { Fault, LintContext, LintFile, LintRule, LintSeverity } from './rule.ts';
import { BACKEND_RULES } from './rules/backends.ts';
import { ALLOW_RULE } from './rules/text.ts';
import { COLLECTOR_RULES } from './rules.ts';
import type { Variables } from './variables.ts';

/** The files of the backends, as text. Rules about a missing file are skipped. */
export interface BackendFiles {
  readonly prometheus?: string;
  readonly loki?: string;
  readonly jaeger?: string;
}

/** Options of the lint. */
export interface LintOptions {
  /** The version of the Collector: `0.147` or `0.147.0`. @defaultValue `0.159.0` */
  readonly version?: string;
  /** The longest outage of a backend that must not lose data: `90m`, `6h`, `7d`. @defaultValue `6h` */
  readonly outage?: string;
  /** Values of variables. A missing variable has its default; without a default, the setting is not judged. */
  readonly variables?: Variables;
  readonly backends?: BackendFiles;
}

/** A fault and its fix. */
export interface LintFinding {
  /** Its section in `docs/collector-lint.md`. */
  readonly code: string;
  readonly severity: LintSeverity;
  readonly file: LintFile;
  /**
   * The place of the configuration in the file, such as `ConfigMap otel: data["relay.yaml"]`. Absent if the file is the
   * configuration.
   */
  readonly where?: string;
  /** For example `exporters.otlp_http/loki.sending_queue.storage`; empty for the whole configuration. */
  readonly path: string;
  /** 1-based line; for a missing setting, the line of its parent. */
  readonly line: number;
  readonly message: string;
  readonly fix: string;
}

/**
 * Finds settings of a Collector configuration, and of its backends, that lose data, expose data, or keep it from starting.
 * The text may also be a file that contains configurations: a ConfigMap, an OpenTelemetryCollector, Helm values, a Compose
 * file. Each one is judged, with the lines of that file. Findings are sorted by file and line. It reads no other files, and
 * throws only for invalid options.
 *
 * @example
 * ```ts
 * import { lintCollectorConfig } from '@moneytrail/collector';
 *
 * const [finding] = lintCollectorConfig('exporters: {otlphttp: {endpoint: "http://loki:3100/otlp"}}');
 * console.log(finding?.code, finding?.line); // component-unused 1
 * ```
 */
export function lintCollectorConfig(text: string, options: LintOptions = {}): LintFinding[] {
  const { version = NEWEST_VERSION, outage = '6h', backends = {} } = options;
  const outageMs = durationMs(outage);
  if (outageMs === undefined) throw invalidOption('outage', outage, 'a duration such as 6h');
  const context = { outageMs, minor: parseLaterVersion(version) };
  return [
    ...lintCollector(text, options, context),
    ...lintBackend('prometheus', backends.prometheus, options, context),
    ...lintBackend('loki', backends.loki, options, context),
    ...lintBackend('jaeger', backends.jaeger, options, context),
  ];
}

function lintCollector(text: string, options: LintOptions, context: LintContext): LintFinding[] {
  const configurations = configurationsOf(text, options.variables ?? {});
  return lintText('collector', text, configurations, ({ root, place }) => {
    if (root === undefined) return [];
    const config = configView(root, place?.isMerged);
    return COLLECTOR_RULES.map((rule) => [rule, rule.find(config, context)]);
  });
}

function lintText(
  file: LintFile,
  text: string,
  configurations: readonly Configuration[],
  check: (configuration: Configuration) => [LintRule, Iterable<Fault>][],
): LintFinding[] {
  const allowed = allowances(text);
  const found = configurations.flatMap((configuration) => {
    const { faults, place } = configuration;
    const unread = faults.map(({ rule, line, message }) =>
      findingOf(rule, file, { path: '', line }, message, place),
    );
    const kept = check(configuration).flatMap(([rule, ofRule]) =>
      [...ofRule]
        .filter(({ at }) => !allowed.allows(rule.code, at.lines))
        .map(({ at, message, fix = rule.fix }) =>
          findingOf({ ...rule, fix }, file, at, message, place),
        ),
    );
    return [...unread, ...kept];
  });
  const isRead = configurations.some(({ root }) => root !== undefined);
  const unused = (isRead ? allowed.unused() : []).map(({ code, line }) => {
    const message = `\`${code}\` is allowed here but does not occur`;
    return findingOf(ALLOW_RULE, file, { path: '', line }, message);
  });
  return [...found, ...unused].sort((a, b) => a.line - b.line);
}

function findingOf(
  { code, severity, fix }: LintRule,
  file: LintFile,
  { path, line }: Pick<LintFinding, 'path' | 'line'>,
  message: string,
  place?: Place,
): LintFinding {
  const where = place && { where: place.where };
  return { code, severity, file, ...where, path, line, message, fix: fixIn(place, code, fix) };
}

function lintBackend(
  file: LintFile,
  text: string | undefined,
  { variables = {} }: LintOptions,
  context: LintContext,
): LintFinding[] {
  if (text === undefined) return [];
  const rules = BACKEND_RULES.filter((rule) => rule.file === file);
  return lintText(file, text, [firstDocument(parseText(text, variables))], ({ root }) =>
    root === undefined ? [] : rules.map((rule) => [rule, rule.find(root, context)]),
  );
}
