import { money } from '@moneytrail/catalogue';
import { payments } from '@moneytrail/metrics';

const amount = money(1999n, 'eur');
payments.succeeded({ provider: 'mollie', method: 'twint', purpose: 'rent', amount });
