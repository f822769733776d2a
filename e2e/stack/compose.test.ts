import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ensureTool } from '../../dev/stack/index.ts';

/** The parts of the resolved Compose file that are tested. */
interface Loaded {
  readonly services: Readonly<
    Record<
      string,
      {
        readonly environment?: Readonly<Record<string, string>>;
        readonly ports?: readonly { host_ip?: string; published: string; target: number }[];
      }
    >
  >;
}

const SECRETS = {
  MONEYTRAIL_INGEST_TOKEN: 'ingest-token',
  MONEYTRAIL_PII_HMAC_KEY: 'hmac-key',
  GRAFANA_ADMIN_PASSWORD: 'grafana-password',
  GRAFANA_SECRET_KEY: 'grafana-key',
  POSTGRES_PASSWORD: 'ledger-password',
  STRIPE_WEBHOOK_SECRET: 'webhook-secret',
};

let folder = '';
let program = '';

beforeAll(async () => {
  program = await ensureTool('compose-config');
  // A copy, so that a .env file next to the original has no effect.
  folder = mkdtempSync(join(tmpdir(), 'moneytrail-compose-'));
  copyFileSync('docker-compose.yml', join(folder, 'docker-compose.yml'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The output of Docker Compose's own loader for our file in this environment. */
function load(env: Readonly<Record<string, string>>) {
  return spawnSync(program, ['docker-compose.yml'], { cwd: folder, env, encoding: 'utf8' });
}

/** The file as Compose resolves it. */
function loaded(env: Readonly<Record<string, string>>): Loaded {
  const { status, stdout, stderr } = load(env);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout);
}

describe("Docker Compose's own loader", () => {
  it.each(Object.keys(SECRETS))(
    'reports %s when it is missing or empty, and what to do',
    (name) => {
      for (const value of [undefined, '']) {
        const { [name]: _, ...others }: Record<string, string> = SECRETS;
        const { status, stderr } = load(
          value === undefined ? others : { ...others, [name]: value },
        );
        expect(status).toBe(1);
        expect(stderr).toContain(
          `required variable ${name} is missing a value: npm run env writes .env`,
        );
        expect(stderr.trim().split('\n')).toHaveLength(1);
      }
    },
  );

  it('accepts the file with all secrets, and passes each to the services that need it', () => {
    const { services } = loaded(SECRETS);
    const environmentOf = (name: string) => services[name]?.environment ?? {};
    expect(environmentOf('collector')).toMatchObject({
      MONEYTRAIL_INGEST_TOKEN: 'ingest-token',
      MONEYTRAIL_PII_HMAC_KEY: 'hmac-key',
      MONEYTRAIL_TRACE_PERCENT: '10',
    });
    expect(environmentOf('grafana')).toMatchObject({
      GF_SECURITY_ADMIN_PASSWORD: 'grafana-password',
      GF_SECURITY_SECRET_KEY: 'grafana-key',
    });
    expect(environmentOf('postgres')).toMatchObject({ POSTGRES_PASSWORD: 'ledger-password' });
    expect(environmentOf('example')).toMatchObject({
      DATABASE_URL: 'postgres://ledger:ledger-password@postgres:5432/ledger',
      OTEL_EXPORTER_OTLP_HEADERS: 'Authorization=Bearer%20ingest-token',
    });
    const secretsOf = (name: string): string[] => {
      const environment = JSON.stringify(environmentOf(name));
      return Object.values(SECRETS).filter((secret) => environment.includes(secret));
    };
    expect(secretsOf('stand-in')).toEqual(['webhook-secret']);
    expect(secretsOf('driver')).toEqual([]);
  });

  it('publishes ports on 127.0.0.1 only, and they can be chosen', () => {
    const { services } = loaded({ ...SECRETS, MONEYTRAIL_GRAFANA_PORT: '4001' });
    const ports = Object.entries(services).flatMap(([name, service]) =>
      (service.ports ?? []).map((port) => [name, port.host_ip, port.published, port.target]),
    );
    expect(ports.toSorted()).toEqual([
      ['alertmanager', '127.0.0.1', '9093', 9093],
      ['collector', '127.0.0.1', '4317', 4317],
      ['collector', '127.0.0.1', '4318', 4318],
      ['example', '127.0.0.1', '3000', 3000],
      ['grafana', '127.0.0.1', '4001', 3000],
      ['jaeger', '127.0.0.1', '16686', 16_686],
      ['prometheus', '127.0.0.1', '9090', 9090],
    ]);
  });

  it('reads the secrets from .env', () => {
    const lines = Object.entries(SECRETS).map(([name, value]) => `${name}=${value}`);
    writeFileSync(join(folder, '.env'), lines.join('\n'));
    const { services } = loaded({});
    rmSync(join(folder, '.env'));
    expect(services['postgres']?.environment).toMatchObject({
      POSTGRES_PASSWORD: 'ledger-password',
    });
  });
});
