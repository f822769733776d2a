// A pool of threads that has run one task, which pays. Arguments: the library, what its threads do between tasks, and the task.
import { Piscina } from 'piscina';
import { Tinypool } from 'tinypool';

const [, , library, waiting, task] = process.argv;
const filename = new URL(`./${task}.cjs`, import.meta.url).href;
const pool =
  library === 'piscina'
    ? new Piscina({ filename, maxThreads: 1, atomics: waiting === 'atomics' ? 'sync' : 'disabled' })
    : new Tinypool({ filename, maxThreads: 1, useAtomics: waiting === 'atomics' });
await pool.run('pi_thread');
setInterval(() => {}, 1000);
console.log('ending');
