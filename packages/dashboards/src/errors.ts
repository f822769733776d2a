/** Every error of the dashboards, with its text and its remedy. */
export const ERRORS = {
  MONEYTRAIL_DASHBOARD_KEY: {
    message: 'the panels "{key}" and "{other}" of a dashboard have the same id',
    remedy:
      'Give each panel its own key: its id, and therefore every link to it, is derived from the key.',
  },
} as const;
