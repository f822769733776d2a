/** The first line of a service: prints the resources used so far. */
const { user, system } = process.cpuUsage();
const { rss } = process.memoryUsage();
console.log(JSON.stringify({ cpuMs: (user + system) / 1000, rssMb: rss / 1024 / 1024 }));
process.exit();
