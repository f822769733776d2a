/** Every warning of a logger, with its text and its remedy. */
export const ERRORS = {
  MONEYTRAIL_LOG_FUNCTION_FAILED: {
    message: 'the logger continues without the result of its option {option}: {reason}',
    remedy:
      'This is a warning, not an error, and it is reported once per option of a logger. Correct the function: pino requires that it never throws.',
  },
  MONEYTRAIL_LOG_LINES_LOST: {
    message: 'lines of a logger do not reach their destination: {reason}',
    remedy:
      'This is a warning, not an error, and it is reported once per destination: the service continues, and the records are still sent over OTLP. Repair the destination, for example a full disk or a transport that ended.',
  },
} as const;
