import type { ConfigView } from './config-view.ts';
import type { Cursor } from './cursor.ts';

/** The file a rule looks at. */
export type LintFile = 'collector' | 'prometheus' | 'loki' | 'jaeger';

/** `error`: data are lost, leak, or the Collector does not start. `warning`: they may, or it will in a later version. */
export type LintSeverity = 'error' | 'warning';

/** What `docs/collector-lint.md` says about a rule. */
export interface LintRule {
  readonly code: string;
  readonly file: LintFile;
  readonly severity: LintSeverity;
  /** The fault in one sentence. */
  readonly title: string;
  /** What happens because of it; with what was lost where it was measured. */
  readonly why: string;
  /** What to write instead. */
  readonly fix: string;
}

/** A place where a rule does not hold. */
export interface Fault {
  readonly at: Cursor;
  readonly message: string;
  /** Where the general fix of the rule does not say enough. */
  readonly fix?: string;
}

/** What was promised to the users of the pipeline, and the Collector it is for. */
export interface LintContext {
  /** The longest outage of a backend after which nothing may be missing. */
  readonly outageMs: number;
  /** The minor number of the Collector's version. */
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
