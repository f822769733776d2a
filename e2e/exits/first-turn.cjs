// A program that ends in its first tick, before any promise is resolved.
const { payments } = require('@moneytrail/metrics');

payments.succeeded({
  provider: 'stripe',
  id: 'pi_last',
  amount: { minor: 1999n, currency: 'EUR' },
});
process.exit(4);
