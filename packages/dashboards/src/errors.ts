/** Every error of the dashboards, with its text and its remedy. */
export const ERRORS = {
  MONEYTRAIL_DASHBOARD_KEY: {
    message: 'the panels "{key}" and "{other}" of a dashboard have the same id',
    remedy:
      'Give each panel a key of its own: its id, and so every link to it, follows from the key.',
  },
} as const;
