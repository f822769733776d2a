import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../../dev/process/free-port.ts';
import { type RunningStack, type StackOptions, startStack } from '../../../dev/stack/index.ts';

/** A gateway, two samplers behind it, and Jaeger: each is a separate stack, so that each can be ended separately. */
export interface Tiers {
  readonly gateway: RunningStack;
  readonly samplers: readonly RunningStack[];
  readonly jaeger: string;
  readonly close: () => Promise<void>;
}

/** Settings that differ from the defaults. */
export interface TierOptions {
  readonly gateway?: string;
  readonly sampler?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const SAMPLERS = 2;

/** All of them have the same token: the gateway sends it to the samplers. */
const SECRETS = {
  MONEYTRAIL_INGEST_TOKEN: 'tiers-0123456789abcdef',
  MONEYTRAIL_PII_HMAC_KEY: 'tiers-0123456789abcdef0123456789abcdef',
};

/** Starts all on free ports, the backend first. */
export async function startTiers(options: TierOptions = {}): Promise<Tiers> {
  const { gateway = 'gateway', sampler = 'sampler' } = options;
  const dataDir = mkdtempSync(join(tmpdir(), 'moneytrail-tiers-'));
  const started: RunningStack[] = [];
  const start = async (name: string, rest: Partial<StackOptions>): Promise<RunningStack> => {
    const env = { ...SECRETS, ...options.env, ...rest.env };
    const folder = join(dataDir, name);
    started.push(await startStack({ ...rest, dataDir: folder, ports: 'free', env }));
    return started.at(-1) as RunningStack;
  };
  const close = async (): Promise<void> => {
    // Each sends to those started before it.
    for (const stack of started.toReversed()) await stack.close();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const otlpPort = String(await freePort());
    const jaeger = await start('jaeger', {
      components: ['jaeger'],
      env: { MONEYTRAIL_JAEGER_OTLP_PORT: otlpPort },
    });
    const backend = { MONEYTRAIL_JAEGER_ENDPOINT: `http://127.0.0.1:${otlpPort}` };
    const grpcPorts: number[] = [];
    for (let number = 1; number <= SAMPLERS; number++) {
      const port = await freePort();
      grpcPorts.push(port);
      await start(`sampler-${number}`, {
        components: ['collector'],
        profile: sampler,
        env: { ...backend, MONEYTRAIL_OTLP_GRPC_PORT: String(port) },
      });
    }
    const hosts = grpcPorts.map((port) => `127.0.0.1:${port}`);
    const front = await start('gateway', {
      components: ['collector'],
      profile: gateway,
      env: { ...backend, MONEYTRAIL_SAMPLERS: `[${hosts.join(', ')}]` },
    });
    return { gateway: front, samplers: started.slice(1, -1), jaeger: jaeger.urls.jaeger, close };
  } catch (error) {
    await close();
    throw error;
  }
}
