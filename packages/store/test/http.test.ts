import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ErrorResponse, HTTP_ERRORS, type Store } from '@moneytrail/store';
import { cleanUp, get, raw, start, temporaryFolder } from './support.ts';

let store: Store;
let page: string;
beforeAll(async () => {
  page = temporaryFolder();
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(page, 'csp.txt'), "default-src 'none'");
  writeFileSync(join(page, 'secret.txt'), 'secret');
  store = await start({ page });
});
afterAll(cleanUp);

describe('a request that another page makes a browser send', () => {
  const port = (): string => new URL(store.url).port;
  it.each([
    ['the address', () => `127.0.0.1:${port()}`, 200],
    ['the name', () => `localhost:${port()}`, 200],
    ['the name in capitals', () => `LOCALHOST:${port()}`, 200],
    ['the address of IPv6', () => `[::1]:${port()}`, 200],
    ['another port, as behind a forwarded one', () => '127.0.0.1:8080', 200],
    ['a rebound name', () => `evil.example:${port()}`, 403],
    ['a name that begins like ours', () => `localhost.evil.example:${port()}`, 403],
    ['an address that begins like ours', () => `127.0.0.1.evil.example`, 403],
    ['credentials', () => `localhost@evil.example`, 403],
  ])('with %s as Host', async (_, host, status) => {
    for (const path of ['/api/money', '/', '/v1/nothing']) {
      const response = await raw(store, { path, headers: { Host: host() } });
      expect([path, response.status]).toEqual([
        path,
        status === 200 && path === '/v1/nothing' ? 404 : status,
      ]);
      if (status === 403) expect(JSON.parse(response.text).error.code).toBe('foreign_host');
    }
  });

  it.each([
    ['our own', () => store.url, 400],
    ['another page', () => 'https://evil.example', 403],
    ['another port of this machine', () => 'http://127.0.0.1:1', 403],
    ['our address with https', () => store.url.replace('http:', 'https:'), 403],
    ['a file', () => 'null', 403],
  ])('with the Origin of %s', async (_, origin, status) => {
    const headers = { Origin: origin(), 'Content-Type': 'application/json' };
    const response = await raw(store, { method: 'POST', path: '/v1/logs', headers, body: '[' });
    expect(response.status).toBe(status);
    if (status === 403) expect(JSON.parse(response.text).error.code).toBe('foreign_origin');
    const read = await raw(store, { path: '/api/money', headers: { Origin: origin() } });
    expect(read.status).toBe(status === 403 ? 403 : 200);
    expect(read.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it.each([
    ['/api/money', 'cross-site', 403],
    ['/api/live', 'cross-site', 403],
    ['/api/money', 'same-origin', 200],
    ['/api/money', 'none', 200],
    ['/payments/pi_1', 'cross-site', 200],
  ])('%s from a %s page', async (path, site, status) => {
    expect((await raw(store, { path, headers: { 'Sec-Fetch-Site': site } })).status).toBe(status);
  });
});

describe('an address', () => {
  it.each([
    ['GET', '/api/nothing', 404, 'not_found'],
    ['GET', '/api', 404, 'not_found'],
    ['GET', '/api/', 404, 'not_found'],
    ['GET', '/api/payments/stripe/p', 404, 'payment_not_found'],
    ['GET', '/api/payments/stripe/', 404, 'not_found'],
    ['GET', '/api/payments/stripe/p/more', 404, 'not_found'],
    ['GET', '/api/traces/a/b', 404, 'not_found'],
    ['GET', '/api/constructor', 404, 'not_found'],
    ['GET', '/v1/other', 404, 'not_found'],
    ['GET', '/v1/traces', 405, 'method_not_allowed'],
    ['PUT', '/v1/traces', 405, 'method_not_allowed'],
    ['POST', '/api/money', 405, 'method_not_allowed'],
    ['DELETE', '/api/payments/p', 405, 'method_not_allowed'],
    ['POST', '/', 405, 'method_not_allowed'],
  ])('%s %s is %s, in the common format of errors', async (method, path, status, code) => {
    const response = await get<ErrorResponse>(store, path, { method });
    expect(response.status).toBe(status);
    expect(response.json).toEqual({ error: { code, message: expect.any(String) } });
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    if (status === 405) expect(response.headers.get('allow')).toMatch(/OPTIONS$/);
  });

  it('responds to HEAD without a body and to OPTIONS with the allowed methods', async () => {
    const head = await get(store, '/api/money', { method: 'HEAD' });
    expect([head.status, head.text, head.headers.get('content-length')]).toEqual([200, '', '2']);
    const options = await get(store, '/api/money', { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
    expect((await get(store, '/v1/logs', { method: 'OPTIONS' })).headers.get('allow')).toBe(
      'POST, OPTIONS',
    );
  });

  it('is never cached for queries', async () => {
    expect((await get(store, '/api/status')).headers.get('cache-control')).toBe('no-store');
  });

  it('has all of its error codes, and no others, in docs/store-api.md', async () => {
    const text = await readFile(new URL('../../../docs/store-api.md', import.meta.url), 'utf8');
    const table = text.slice(text.indexOf('## Errors'));
    const documented = [...table.matchAll(/^\| `(\w+)` \| (\d{3}) \|/gm)].map(
      ([, code, status]) => [code, Number(status)],
    );
    expect(documented).toEqual(
      Object.entries(HTTP_ERRORS).map(([code, { status }]) => [code, status]),
    );
  });
});

describe('the UI', () => {
  it('is one document, served for every address that is not a query, with the policy of its build', async () => {
    const { port } = new URL(store.url);
    const paths = [
      '/',
      '/payments',
      '/payments/pi_1?range=1h',
      '//evil.example/x',
      '/favicon.ico',
      '/../secret.txt',
      '/%00',
    ];
    for (const path of paths) {
      const response = await raw(store, { path, headers: { Host: `127.0.0.1:${port}` } });
      expect([path, response.status, response.text]).toEqual([
        path,
        200,
        '<!doctype html><title>page</title>',
      ]);
      expect(response.headers['content-security-policy']).toBe(
        "default-src 'none'; frame-ancestors 'none'",
      );
      expect(response.headers['x-content-type-options']).toBe('nosniff');
      expect(response.headers['cache-control']).toBe('no-cache');
    }
  });

  it('is compressed for clients that accept it', async () => {
    const plain = await raw(store, { path: '/', headers: { Host: 'localhost' } });
    expect(plain.headers).not.toHaveProperty('content-encoding');
    const zipped = await get(store, '/', { headers: { 'accept-encoding': 'gzip' } });
    expect(zipped.headers.get('content-encoding')).toBe('gzip');
    expect(zipped.text).toBe('<!doctype html><title>page</title>');
  });

  it('is replaced by build instructions when it is missing', async () => {
    const bare = await start({ page: join(page, 'none') });
    const response = await get(bare, '/');
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    expect(response.text).toContain('npm run build');
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
  });
});
