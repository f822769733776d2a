import { json, type Request, type Response, Router } from 'express';
import type { Service } from '../service.ts';

const REASONS = ['requested_by_customer', 'duplicate', 'fraudulent'] as const;

/** `POST /payments/:id/refund` refunds the whole payment: 202, because a webhook reports the result. */
export function refundRoutes({ stripe, log }: Service): Router {
  const router = Router();
  router.post('/payments/:id/refund', json(), async (req: Request, res: Response) => {
    const id = String(req.params['id']);
    const reason = REASONS.find((one) => one === req.body?.reason) ?? 'requested_by_customer';
    const refund = await stripe.refunds.create({ payment_intent: id, reason });
    log.info({ 'payment.id': id, 'refund.id': refund.id }, 'refund requested');
    res.status(202).json({ status: refund.status, payment: id, refund: refund.id });
  });
  return router;
}
