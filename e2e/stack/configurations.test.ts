import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ComponentName, ensureBuilt, ensureTool } from '../../dev/stack/index.ts';

/** The variables that the Collector requires. */
const SECRETS = {
  MONEYTRAIL_INGEST_TOKEN: 'sixteen-letters!',
  MONEYTRAIL_PII_HMAC_KEY: 'abcdefgh'.repeat(4),
};
const PROFILES = readdirSync('deploy/collector').filter((file) => file.endsWith('.yaml'));

let folder = '';
let programs: ReadonlyMap<ComponentName, string>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'moneytrail-configurations-'));
  programs = await ensureBuilt();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Exit code and output; a program may also print something when it accepts a configuration. */
function check(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
) {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', env });
  return { status, said: status === 0 ? '' : stdout + stderr };
}

const ACCEPTED = { status: 0, said: '' };

describe('the real programs accept', () => {
  it('the configuration of Prometheus', async () => {
    const args = ['check', 'config', 'deploy/prometheus/prometheus.yml'];
    expect(check(await ensureTool('promtool'), args)).toEqual(ACCEPTED);
  });

  it('the configuration of Alertmanager', async () => {
    const args = ['check-config', 'deploy/alertmanager/alertmanager.yml'];
    expect(check(await ensureTool('amtool'), args)).toEqual(ACCEPTED);
  });

  it('the configuration of Loki', () => {
    const args = ['-config.file=deploy/loki/loki.yaml', '-verify-config'];
    expect(check(programs.get('loki') ?? '', args)).toEqual(ACCEPTED);
  });

  it('the configuration of Jaeger', () => {
    const args = ['validate', '--config=file:deploy/jaeger/jaeger.yaml'];
    expect(check(programs.get('jaeger') ?? '', args)).toEqual(ACCEPTED);
  });

  it.each([...PROFILES.map((file) => `deploy/collector/${file}`), 'collector-config.yaml'])(
    'the profile %s',
    (file) => {
      const env = { ...SECRETS, MONEYTRAIL_QUEUE_DIR: join(folder, 'queue') };
      const args = ['validate', `--config=file:${file}`];
      const collector = programs.get('collector') ?? '';
      expect(check(collector, args, env)).toEqual(ACCEPTED);
    },
  );

  it('no broken configuration', async () => {
    const broken = join(folder, 'broken.yaml');
    writeFileSync(broken, 'receivers: {unknown: {}}\nscrape_configs: 1\nserver: 1\nroute: 1\n');
    for (const [program, ...args] of [
      [await ensureTool('promtool'), 'check', 'config', broken],
      [await ensureTool('amtool'), 'check-config', broken],
      [programs.get('loki') ?? '', `-config.file=${broken}`, '-verify-config'],
      [programs.get('jaeger') ?? '', 'validate', `--config=file:${broken}`],
      [programs.get('collector') ?? '', 'validate', `--config=file:${broken}`],
    ]) {
      expect([program, check(program ?? '', args).status]).toEqual([program, 1]);
    }
  });
});
