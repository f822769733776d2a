// Checks that this runtime can run the SDK. Imported before everything else: on an older Node.js, and in a bundle without `require`,
// the other imports fail with errors that name neither the cause nor a remedy.
import { codedError } from '@moneytrail/catalogue';
import { ERRORS } from '../errors.ts';

/** The oldest Node.js that OpenTelemetry and module hooks support. */
const REQUIRED = [22, 15] as const;

checkNodeVersion();
checkRequire();

function checkNodeVersion(): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isTooOld = major < REQUIRED[0] || (major === REQUIRED[0] && minor < REQUIRED[1]);
  if (!isTooOld) return;
  throw codedError(ERRORS, 'MONEYTRAIL_NODE_TOO_OLD', {
    found: process.versions.node,
    needed: REQUIRED.join('.'),
  });
}

/**
 * In an ES module made by esbuild, CommonJS packages cannot require the modules of Node.js. Anywhere else the call works, or `require` does
 * not exist.
 */
function checkRequire(): void {
  try {
    require('node:process');
  } catch (error) {
    if (!String(error).includes('Dynamic require of')) return;
    throw codedError(ERRORS, 'MONEYTRAIL_BUNDLE_WITHOUT_REQUIRE', {});
  }
}
