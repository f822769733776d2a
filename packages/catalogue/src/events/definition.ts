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
  readonly required: Readonly<Record<string, AttributeName>>;
  readonly optional: Readonly<Record<string, AttributeName>>;
}
