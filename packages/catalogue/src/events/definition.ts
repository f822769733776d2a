import type { AttributeName } from '../attributes/index.ts';

/** What the catalogue says of an event. Field names are what callers write, attribute names what travels. */
export interface EventDefinition {
  readonly help: string;
  readonly severity: 'INFO' | 'WARN';
  /** Grows when the meaning of a field changes. */
  readonly version: number;
  /**
   * Fields that name the object of the fact; the first one present is used. The fact's id is provider, object and event, and
   * the same fact is recorded once. Without an object each call counts.
   */
  readonly object: readonly string[];
  /** Whether `amount` belongs to the event. */
  readonly money: 'required' | 'optional' | 'none';
  /** Which side of a movement of money the fact is: movements can be undone after they were done. */
  readonly movement?: {
    /** `reported`: how much is done in all within a larger object, without naming what moved. */
    readonly side: 'done' | 'undone' | 'reported';
    /** Attributes that name what moved; the first one present is used. */
    readonly of: readonly AttributeName[];
    /** Attribute that names the larger object, of which several things move and reports are made. */
    readonly within?: AttributeName;
  };
  readonly required: Readonly<Record<string, AttributeName>>;
  readonly optional: Readonly<Record<string, AttributeName>>;
}
