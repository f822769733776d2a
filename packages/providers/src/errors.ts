/** Every error of the payment providers, with its text and its remedy. */
export const ERRORS = {
  MONEYTRAIL_WEBHOOK_SECRET_INVALID: {
    message:
      'secret must be the signing secret of the webhook endpoint, without spaces and commas, or a list of such secrets',
    remedy:
      "Copy the endpoint's signing secret (`whsec_…`) from the provider's dashboard; `stripe listen` prints its own. Pass several as a list: `secret: (process.env.STRIPE_WEBHOOK_SECRETS ?? '').split(',')`.",
  },
} as const;
