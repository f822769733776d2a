// Pays all the time, until `node --watch` ends it for its next start.
import { pay } from './pay.mjs';

let paid = 0;
setInterval(() => {
  paid += 1;
  pay(`pi_${process.pid}_${paid}`);
  console.log(`paid pi_${process.pid}_${paid}`);
}, 50);
