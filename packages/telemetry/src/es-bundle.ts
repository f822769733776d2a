// Imported before the SDK: in such a bundle the SDK ends the start, with an error that names neither the cause nor a way out.
import { MoneytrailError } from '@moneytrail/catalogue';

/**
 * Whether this is an ES module made by esbuild, in which CommonJS packages cannot require the modules of Node.js. Anywhere else the call works,
 * or there is no `require`.
 */
function isWithoutRequire(): boolean {
  try {
    require('node:process');
    return false;
  } catch (error) {
    return String(error).includes('Dynamic require of');
  }
}

if (isWithoutRequire()) throw new MoneytrailError('MONEYTRAIL_BUNDLE_WITHOUT_REQUIRE');
