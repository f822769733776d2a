/** Every error of health checks, with its text and its remedy. */
export const ERRORS = {
  MONEYTRAIL_HEALTH_CHECK_DUPLICATE: {
    message: 'two health checks have the name "{name}"',
    remedy: 'Give each check its own name: the name is a label of its metrics.',
  },
  MONEYTRAIL_HEALTH_LIVENESS_SCOPE: {
    message: '"{name}" checks something outside the process and cannot be a liveness check',
    remedy:
      'Move it to `readiness`: a restart of every replica does not repair a shared dependency.',
  },
} as const;
