module.exports = async (id) => {
  const { pay } = await import('./pay.mjs');
  const { flush } = await import('@moneytrail/telemetry');
  pay(id);
  await flush();
};
