import './words.ts';
import { money } from '@moneytrail/catalogue';
import { payments } from '@moneytrail/metrics';

const amount = money(1999n, 'eur');
payments.succeeded({ provider: 'mollie', method: 'sepa_debit', purpose: 'invoice', amount });
payments.succeeded({ provider: 'stripe', method: 'card', purpose: 'tip', amount });
payments.succeeded({ provider: 'stripe', purpose: 'invioce', amount });
