import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROOT, read } from './repository.ts';

const STRONG = {
  MONEYTRAIL_INGEST_TOKEN: 'a'.repeat(32),
  MONEYTRAIL_PII_HMAC_KEY: 'b'.repeat(32),
  GRAFANA_SECRET_KEY: 'c'.repeat(32),
  GRAFANA_ADMIN_PASSWORD: 'd'.repeat(12),
  POSTGRES_PASSWORD: 'e'.repeat(12),
  STRIPE_WEBHOOK_SECRET: 'f'.repeat(24),
};

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'moneytrail-compose-'));
  // In the container, these commands work on its volumes.
  for (const name of ['cp', 'mv', 'chown']) {
    writeFileSync(join(folder, name), '#!/bin/sh\n', { mode: 0o755 });
  }
  copyFileSync(`${ROOT}.env.example`, join(folder, '.env.example'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The output of the first container of the compose file for these secrets. */
function prepare(secrets: Readonly<Record<string, string>>) {
  return spawnSync('/bin/sh', [`${ROOT}deploy/compose/prepare.sh`], {
    encoding: 'utf8',
    env: { ...STRONG, ...secrets, PATH: folder },
  });
}

/** The script of `npm run env`. */
function writeEnv() {
  const script = `${ROOT}dev/env.mjs`;
  return spawnSync(process.execPath, [script], { cwd: folder, encoding: 'utf8' });
}

describe('the compose file starts', () => {
  it.each([
    ['the shortest of each secret', {}],
    ['every character that may be in one', { POSTGRES_PASSWORD: 'aZ09_.~-aZ09' }],
  ])('with %s', (_, secrets) => {
    expect(prepare(secrets)).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('the compose file rejects', () => {
  it.each([
    ['MONEYTRAIL_INGEST_TOKEN', 'a'.repeat(31), 'has 31 characters, but needs at least 32'],
    ['MONEYTRAIL_PII_HMAC_KEY', 'a'.repeat(31), 'has 31 characters, but needs at least 32'],
    ['GRAFANA_SECRET_KEY', 'a'.repeat(31), 'has 31 characters, but needs at least 32'],
    ['GRAFANA_ADMIN_PASSWORD', 'a'.repeat(11), 'has 11 characters, but needs at least 12'],
    ['POSTGRES_PASSWORD', 'a'.repeat(11), 'has 11 characters, but needs at least 12'],
    ['STRIPE_WEBHOOK_SECRET', 'a'.repeat(23), 'has 23 characters, but needs at least 24'],
    ['POSTGRES_PASSWORD', `${'a'.repeat(12)}@`, 'may have letters, digits and _ . ~ - only'],
    ['MONEYTRAIL_INGEST_TOKEN', `${'a'.repeat(32)} b`, 'may have letters, digits and _ . ~ - only'],
  ])('a %s like %j, and does not repeat it', (name, value, reason) => {
    const { status, stderr } = prepare({ [name]: value });
    expect(status).toBe(1);
    expect(stderr).toContain(`${name} ${reason}`);
    expect(stderr).not.toContain(value);
  });

  it('all weak ones at once', () => {
    const { stderr } = prepare({ POSTGRES_PASSWORD: 'a', GRAFANA_ADMIN_PASSWORD: 'admin' });
    expect(stderr.trim().split('\n')).toHaveLength(2);
  });
});

it('npm run env writes strong secrets that only the user can read, once', () => {
  expect(writeEnv()).toMatchObject({ status: 0, stderr: '' });
  const file = join(folder, '.env');
  const made = readFileSync(file, 'utf8');
  const secrets = Object.fromEntries(
    [...made.matchAll(/^([A-Z_]+)=(.+)$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
  expect(Object.keys(secrets).toSorted()).toEqual(Object.keys(STRONG).toSorted());
  expect(new Set(Object.values(secrets)).size).toBe(6);
  expect(prepare(secrets).status).toBe(0);
  expect(statSync(file).mode & 0o777).toBe(0o600);

  expect(writeEnv()).toMatchObject({ status: 1, stderr: '.env exists and is left unchanged.\n' });
  expect(readFileSync(file, 'utf8')).toBe(made);
});

it('git ignores .env', () => {
  expect(read('.gitignore').split('\n')).toContain('.env');
});
