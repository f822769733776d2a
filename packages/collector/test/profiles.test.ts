/** Tests of the profiles. */
import { describe, expect, it } from '@jest/globals';
import { ATTRIBUTES, valuesOf } from '@moneytrail/catalogue';
import {
  isProfileName,
  PROFILE_NAMES,
  PROFILE_PURPOSES,
  profile,
  toYaml,
} from '@moneytrail/collector';
import { parse } from 'yaml';

describe.each(PROFILE_NAMES)('the profile %s', (name) => {
  const config = profile(name);
  const text = toYaml(config, PROFILE_PURPOSES[name]);
  const pipelines = Object.values(config.service.pipelines);

  it('is deterministic, and its YAML parses to the same configuration', () => {
    expect(toYaml(config, PROFILE_PURPOSES[name])).toBe(text);
    expect(parse(text)).toEqual(JSON.parse(JSON.stringify(config)));
  });

  it('has reasons and no anchors', () => {
    expect(text).toMatch(/^ +# /m);
    expect(text).not.toMatch(/^[^'"#]*[&*]a\d/m);
  });

  it.each(['receivers', 'processors', 'exporters'] as const)(
    'uses all of its %s and no others',
    (kind) => {
      const used = pipelines.flatMap((pipeline) => pipeline?.[kind] ?? []);
      const connectors = Object.keys(config.connectors);
      const own = used.filter((id) => !connectors.includes(id));
      expect(new Set(own)).toEqual(new Set(Object.keys(config[kind])));
    },
  );

  it('receives and sends with each of its connectors', () => {
    const ids = Object.keys(config.connectors);
    expect(pipelines.flatMap((one) => one?.receivers ?? [])).toEqual(expect.arrayContaining(ids));
    expect(pipelines.flatMap((one) => one?.exporters ?? [])).toEqual(expect.arrayContaining(ids));
  });

  it('retries forever, and keeps its queues on disk', () => {
    const exporters = Object.entries(config.exporters).filter(([id]) => id !== 'nop');
    for (const [, settings] of exporters) {
      expect(settings).toMatchObject({
        retry_on_failure: { enabled: true, max_elapsed_time: 0 },
        sending_queue: { storage: 'file_storage/queue', block_on_overflow: true, num_consumers: 1 },
      });
      expect(JSON.stringify(settings)).not.toContain('"batch"');
    }
  });

  it('has no default for its secrets', () => {
    expect(text).toContain(`\${env:MONEYTRAIL_INGEST_TOKEN}`);
    expect(text).not.toMatch(/(?:INGEST_TOKEN|PII_HMAC_KEY):-/);
  });
});

describe('the profile single', () => {
  const policies = profile('single').processors.tail_sampling?.policies ?? [];

  it('keeps errors, slow and marked traces', () => {
    expect(policies).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ type: 'status_code', status_code: { status_codes: ['ERROR'] } }),
        expect.objectContaining({ type: 'latency', latency: { threshold_ms: 2000 } }),
        expect.objectContaining({
          boolean_attribute: { key: 'moneytrail.keep', value: true },
        }),
      ]),
    );
  });

  it('keeps payments of every outcome of the catalogue but success', () => {
    const values = valuesOf(ATTRIBUTES['payment.outcome'])?.filter(
      (value) => value !== 'succeeded',
    );
    expect(policies).toContainEqual({
      name: 'payment.outcome',
      type: 'string_attribute',
      string_attribute: { key: 'payment.outcome', values },
    });
  });
});

it('only known names are profiles', () => {
  expect(PROFILE_NAMES.every(isProfileName)).toBe(true);
  expect(isProfileName('toString')).toBe(false);
});
