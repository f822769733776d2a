import { formatMoney } from '@moneytrail/catalogue';
import { json, type Request, type Response, Router } from 'express';
import type { Service } from '../service.ts';
import { readCheckout } from './request.ts';
import { type CheckoutOutcome, takePayment } from './take-payment.ts';

/** `POST /checkout`: 201 paid, 202 action of the payer or the bank required, 402 declined, 400 with all invalid fields. */
export function checkoutRoutes(service: Service): Router {
  const router = Router();
  router.post('/checkout', json({ limit: '16kb' }), async (req: Request, res: Response) => {
    const checkout = readCheckout(req.body);
    if ('problems' in checkout) {
      res.status(400).json({ error: 'invalid_request', problems: checkout.problems });
      return;
    }
    respond(res, await service.pendingWork.add(takePayment(service, checkout.request)));
  });
  return router;
}

function respond(res: Response, outcome: CheckoutOutcome): void {
  const { status, payment } = outcome;
  switch (outcome.status) {
    case 'succeeded':
      res
        .status(201)
        .json({ status, payment, creator_receives: formatMoney(outcome.split.creator) });
      break;
    case 'declined':
      res.status(402).json({ error: 'payment_declined', payment, code: outcome.code });
      break;
    default:
      res.status(202).json({ status, payment });
  }
}
