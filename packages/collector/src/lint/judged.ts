/** Lists the configurations inside a file. */
import { configurationsOf } from './configurations.ts';

/** A configuration inside a file. */
export interface JudgedPlace {
  /** For example `ConfigMap otel: data["relay.yaml"]`. */
  readonly where: string;
  /** The 1-based line of its key. */
  readonly line: number;
  /** Whether it consists of Helm values. The parts that the chart adds are not judged. */
  readonly isMerged: boolean;
}

/**
 * The configurations inside a file that `lintCollectorConfig` judges, in the order of the file; none if the file is the
 * configuration itself. Never throws.
 *
 * @example
 * ```ts
 * import { judgedPlaces } from '@moneytrail/collector';
 *
 * const values = 'mode: deployment\nconfig:\n  exporters: {debug: {}}';
 * console.log(judgedPlaces(values)); // [ { where: 'config', line: 2, isMerged: true } ]
 * ```
 */
export function judgedPlaces(text: string): JudgedPlace[] {
  return configurationsOf(text, {}).flatMap(({ place }) => {
    if (place === undefined) return [];
    const { where, line, isMerged } = place;
    return [{ where, line, isMerged }];
  });
}
