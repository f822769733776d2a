/** Types of rules. */
import type { ConfigView } from './config-view.ts';
import type { Cursor } from './cursor.ts';

/** The file that a rule reads. */
export type LintFile = 'collector' | 'prometheus' | 'loki' | 'jaeger';

/**
 * `error`: data is lost or leaks, or the Collector does not start. `warning`: this may happen, or will in a later version.
 */
export type LintSeverity = 'error' | 'warning';

/** The documentation of a rule in `docs/collector-lint.md`. */
export interface LintRule {
  readonly code: string;
  readonly file: LintFile;
  readonly severity: LintSeverity;
  /** The fault in one sentence. */
  readonly title: string;
  /** Its consequence, with the measured loss if there is one. */
  readonly why: string;
  /** The fix. */
  readonly fix: string;
}

/** A place that violates a rule. */
export interface Fault {
  readonly at: Cursor;
  readonly message: string;
  /** A more specific fix than that of the rule. */
  readonly fix?: string;
}

/** The requirements of the users, and the version of the Collector. */
export interface LintContext {
  /** The longest outage of a backend that must not lose data. */
  readonly outageMs: number;
  /** The minor version of the Collector. */
  readonly minor: number;
}

/** A rule for the Collector's configuration. */
export interface CollectorRule extends LintRule {
  readonly file: 'collector';
  readonly find: (config: ConfigView, context: LintContext) => Iterable<Fault>;
}

/** A rule for the file of a backend. */
export interface BackendRule extends LintRule {
  readonly file: 'prometheus' | 'loki' | 'jaeger';
  readonly find: (root: Cursor, context: LintContext) => Iterable<Fault>;
}
