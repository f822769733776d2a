import { configurationsOf } from './configurations.ts';

/** A configuration that lies inside a file. */
export interface JudgedPlace {
  /** As `ConfigMap otel: data["relay.yaml"]`. */
  readonly where: string;
  /** The line of the key that it stands under, counted from 1. */
  readonly line: number;
  /** Whether it is values of a chart, which adds to them: what the chart adds is not judged. */
  readonly isMerged: boolean;
}

/**
 * The configurations inside a file that `lintCollectorConfig` judges, in the order of the file; none where the file is the
 * configuration itself. It never throws.
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
