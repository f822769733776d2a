/** Kafka between gateway and samplers, with Apache's broker; requires Java and Maven. */
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { settle } from './support/balance.ts';
import { collectorCount } from './support/collector-metrics.ts';
import { newRun } from './support/ids.ts';
import { type Kafka, kafkaIsMissing, startKafka } from './support/kafka.ts';
import { startLoad } from './support/load.ts';
import { targetOf } from './support/sender.ts';
import { SETTLE_MS } from './support/test-stack.ts';
import { startTiers, type Tiers } from './support/tiers.ts';

const PARTITIONS = 4;
const DOWN_MS = 5_000;
const CALM_MS = 5_000;
const missing = kafkaIsMissing();
if (missing !== undefined) process.stdout.write(`Kafka is not tested here: ${missing}\n`);

(missing === undefined ? describe : describe.skip)('gateway, Kafka and two samplers', () => {
  let kafka: Kafka | undefined;
  let tiers: Tiers | undefined;

  beforeAll(async () => {
    kafka = await startKafka(PARTITIONS);
    const env = { MONEYTRAIL_TRACE_PERCENT: '100', MONEYTRAIL_KAFKA_BROKERS: kafka.brokers };
    tiers = await startTiers({ gateway: 'gateway-kafka', sampler: 'sampler-kafka', env });
  });
  afterAll(async () => {
    await tiers?.close();
    await kafka?.close();
  });

  it('every accepted span is in Jaeger, once, although a sampler was killed for a while', async () => {
    if (tiers === undefined) throw new Error('not started');
    const [victim, other] = tiers.samplers;
    const load = startLoad(targetOf(tiers.gateway.env), newRun('kafka'));
    await wait(CALM_MS);
    await victim?.signal('collector', 'SIGKILL');
    await wait(DOWN_MS);
    await victim?.start('collector');
    await wait(CALM_MS);
    await load.stop();
    const { balance, expected, waitedMs } = await settle(
      load.ledger,
      { jaeger: tiers.jaeger },
      SETTLE_MS,
    );
    const { accepted, missing: lost, twice } = balance.spans ?? {};
    const page = other?.urls.collectorMetrics ?? '';
    const taken = await collectorCount(page, 'otelcol_receiver_accepted_spans');
    process.stdout.write(
      `kafka: spans ${accepted}/${lost}/${twice}, there after ${waitedMs['jaeger']} ms, ` +
        `${taken} of them through the sampler that lived\n`,
    );
    expect(balance).toEqual(expected);
  });
});
