module.exports = async (id) => {
  const { pay } = await import('./pay.mjs');
  pay(id);
};
