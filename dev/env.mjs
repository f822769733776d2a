/**
 * `npm run env`: writes `.env` for docker-compose.yml from `.env.example`, with a random value for each secret. An existing
 * `.env` is left unchanged, and the exit code is then 1. It is plain JavaScript, so that it runs on any Node.js and before
 * `npm ci`.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const SECRET_BYTES = 32;

const example = readFileSync('.env.example', 'utf8');
const text = example.replaceAll(
  /^[A-Z_]+=$/gm,
  (line) => line + randomBytes(SECRET_BYTES).toString('hex'),
);
try {
  writeFileSync('.env', text, { flag: 'wx', mode: 0o600 });
  console.log('.env is written. Only you can read it.');
} catch (error) {
  if (error.code !== 'EEXIST') throw error;
  console.error('.env exists and is left unchanged.');
  process.exitCode = 1;
}
