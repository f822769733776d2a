/** Starts both servers, prints where they are, and waits to be killed. */
import { startPostgres } from '../support/postgres.ts';
import { startRedis } from '../support/redis.ts';

const servers = await Promise.all([startPostgres(), startRedis()]);
console.log(`started ${JSON.stringify(servers.map(({ url, folder }) => ({ url, folder })))}`);
setInterval(() => {}, 1000);
