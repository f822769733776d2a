/** Every error of queries, with its text and its remedy. */
export const ERRORS = {
  MONEYTRAIL_QUERY_INVALID: {
    message: '{part} of a query: "{value}" must be {expected}',
    remedy:
      'Correct the part of the query that the message names. `docs/queries.md` shows each builder. In TypeScript most of these are compile errors.',
  },
} as const;
