/** One of the values, with probabilities by weight. `roll` is from 0 up to 1. */
export function weighted<Value>(
  values: readonly (readonly [value: Value, weight: number])[],
  roll: number,
): Value {
  const total = values.reduce((sum, [, weight]) => sum + weight, 0);
  let left = roll * total;
  for (const [value, weight] of values) {
    left -= weight;
    if (left < 0) return value;
  }
  throw new RangeError('there is nothing to choose from');
}

/** One of the values, all equally likely. */
export function oneOf<Value>(values: readonly Value[], roll: number): Value {
  return weighted(
    values.map((value) => [value, 1] as const),
    roll,
  );
}
