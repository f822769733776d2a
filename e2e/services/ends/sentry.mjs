// A job next to Sentry, which sends its last report when the job ends. Arguments: the package, and how it ends.
import { request } from 'node:http';
import { pay } from './pay.mjs';

const [, , name, way] = process.argv;
const Sentry = await import(name);
Sentry.init({ dsn: process.env.SENTRY_SINK, tracesSampleRate: 1 });
await new Promise((done) => {
  const { host } = new URL(process.env.SENTRY_SINK);
  request(`http://${host}/`, (response) => response.resume().on('end', done)).end();
});
Sentry.captureException(new Error('as it happens'));
if (way === 'server') setInterval(() => {}, 1000);
pay();
console.log('ending');
