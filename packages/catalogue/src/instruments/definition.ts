import type { AttributeName } from '../attributes/index.ts';
import type { EventName } from '../events/index.ts';

/** Attributes that an event gives an instrument where it does not carry them itself. */
export type ImpliedAttributes = Readonly<Partial<Record<AttributeName, string>>>;

/** What the catalogue says of an instrument. */
export interface InstrumentDefinition {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  /** UCUM unit or an annotation in braces. `{currency_unit}` is money in major units of `money.currency`. */
  readonly unit: string;
  readonly help: string;
  /** Attributes of every series; closed, so that the number of series is known. */
  readonly attributes: readonly AttributeName[];
  /** Events that move the instrument, each with the attributes that it implies. */
  readonly on?: Readonly<Partial<Record<EventName, ImpliedAttributes>>>;
  /**
   * What an event adds: one (default), its amount, its platform fee, its time, a number that it carries, or the money that its
   * movement is now known to have done or undone.
   */
  readonly adds?: 'one' | 'money' | 'platform_fee' | 'time' | 'done' | 'undone' | AttributeName;
  /** Counts once per value of this attribute, whichever of the events comes first. */
  readonly oncePer?: AttributeName;
  /** Of a movement that was done and undone, the side that arrives first alone moves the instrument. */
  readonly firstSide?: true;
  /** An event that carries this attribute does not move the instrument. */
  readonly unless?: Readonly<Partial<Record<EventName, AttributeName>>>;
  /** Counts changes of state of an object: the attribute that names it, and those of the state it left and entered. */
  readonly change?: {
    readonly of: AttributeName;
    readonly from: AttributeName;
    readonly to: AttributeName;
  };
  /** Scale of a histogram's buckets. */
  readonly buckets?: BucketScale;
}

/** Upper bounds of histogram buckets by scale: seconds of a call, seconds of what people and banks do, major units. */
export const BUCKET_BOUNDS: Readonly<Record<BucketScale, readonly number[]>> = {
  call: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  process: [1, 5, 15, 60, 300, 900, 3600, 14_400, 86_400, 259_200, 604_800],
  amount: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000],
};

/** A scale of histogram buckets. */
export type BucketScale = 'call' | 'process' | 'amount';
