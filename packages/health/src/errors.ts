/** Every error of health checks, with its text and its remedy. */
export const ERRORS = {
  MONEYTRAIL_HEALTH_CHECK_DUPLICATE: {
    message: 'two health checks are called "{name}"',
    remedy: 'Give each check a name of its own: it names the series of its metrics.',
  },
  MONEYTRAIL_HEALTH_LIVENESS_SCOPE: {
    message: '"{name}" looks outside the process and cannot be a liveness check',
    remedy: 'Move it to `readiness`: restarting every replica does not bring back what they share.',
  },
} as const;
