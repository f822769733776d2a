// Imported first of all: what an older Node.js makes of the other files is not an error that anybody understands.
import { MoneytrailError } from '@moneytrail/catalogue';

/** The oldest Node.js that OpenTelemetry and the hooks of modules work on. */
const NEEDED = [22, 15] as const;

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const isTooOld = major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1]);
if (isTooOld) {
  throw new MoneytrailError('MONEYTRAIL_NODE_TOO_OLD', process.versions.node, NEEDED.join('.'));
}
