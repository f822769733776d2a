import { createRequire } from 'node:module';
import { dirname } from 'node:path';

/** The manifest of this package, two folders above this file in `src` and `dist`, and above the one file of `dist/cjs`. */
export const MANIFEST: string = createRequire(import.meta.url).resolve('../../package.json');

/** The folder of this package. */
export const FOLDER: string = dirname(MANIFEST);
