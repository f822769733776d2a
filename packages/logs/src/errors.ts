/** Every warning of a logger, with its text and its remedy. */
export const ERRORS = {
  MONEYTRAIL_LOG_FUNCTION_FAILED: {
    message: 'the logger goes on without what its option {option} would have made: {reason}',
    remedy:
      'This is a warning, not an error, and it is given once for each option of a logger. Correct the function: pino requires that it never throws.',
  },
  MONEYTRAIL_LOG_LINES_LOST: {
    message: 'lines of a logger do not reach their destination: {reason}',
    remedy:
      'This is a warning, not an error, and it is given once for each destination: the service goes on, and the records still leave over OTLP. Correct the destination, such as a full disk or a transport that ended.',
  },
} as const;
