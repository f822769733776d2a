// Which spans are kept, and how much of each: as the variables of the specification say it.
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  type Sampler,
  type SpanLimits,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace';
import type { Environment } from './environment.ts';
import { SPAN_LIMITS } from './variables/limits.ts';
import { SAMPLER, SAMPLER_RATIO } from './variables.ts';

/** The sampler of the process. Without a ratio, every trace is kept. */
export function readSampler(env: Environment): Sampler {
  const [root, isParentBased] = rootOf(env.read(SAMPLER));
  const sampler = samplerOf(root, env.read(SAMPLER_RATIO) ?? 1);
  return isParentBased ? new ParentBasedSampler({ root: sampler }) : sampler;
}

function rootOf(name: string): [root: string, isParentBased: boolean] {
  const root = name.replace(/^parentbased_/, '');
  return [root, root !== name];
}

function samplerOf(name: string, ratio: number): Sampler {
  if (name === 'traceidratio') return new TraceIdRatioBasedSampler(ratio);
  return name === 'always_off' ? new AlwaysOffSampler() : new AlwaysOnSampler();
}

/** What a span may hold. Limits of spans win over those of all attributes. */
export function readSpanLimits(env: Environment): SpanLimits {
  const limits = Object.entries(SPAN_LIMITS).map(([name, options]) => {
    const values = options.map((option) => env.read(option));
    return [name, values.find((value) => value !== undefined)];
  });
  return Object.fromEntries(limits.filter(([, value]) => value !== undefined));
}
