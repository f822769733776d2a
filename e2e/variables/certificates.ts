/** Certificates for a server and its clients, made by OpenSSL and signed by an authority of their own. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tls } from '../../packages/telemetry/test/support/receiver.ts';

/** Makes `ca.pem`, `server.pem`, `client.pem` and their keys in a folder; returns what the server needs. */
export function makeCertificates(folder: string): Omit<Tls, 'requestCert'> {
  const openssl = (...args: string[]): void => {
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  };
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...key,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-subj',
    '/CN=ca',
    '-days',
    '2',
  );
  writeFileSync(join(folder, 'names'), 'subjectAltName=IP:127.0.0.1,DNS:collector.corp.example');
  for (const name of ['server', 'client']) {
    openssl('req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
    const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2'];
    openssl(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      '-out',
      `${name}.pem`,
      '-extfile',
      'names',
      ...signed,
    );
  }
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  return { key: read('server.key'), cert: read('server.pem'), ca: read('ca.pem') };
}
