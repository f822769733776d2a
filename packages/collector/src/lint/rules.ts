/** All rules. */
import type { CollectorRule, LintRule } from './rule.ts';
import { BACKEND_RULES } from './rules/backends.ts';
import { EXPOSURE_RULES } from './rules/exposure.ts';
import { MEMORY_RULES } from './rules/memory.ts';
import { PRIVACY_RULES } from './rules/privacy.ts';
import { QUEUE_RULES } from './rules/queue.ts';
import { RETRY_RULES } from './rules/retry.ts';
import { SAMPLING_RULES } from './rules/sampling.ts';
import { SETTINGS_RULES } from './rules/settings.ts';
import { ALLOW_RULE, TEXT_RULES } from './rules/text.ts';
import { TIER_RULES } from './rules/tiers.ts';
import { WIRING_RULES } from './rules/wiring.ts';

/** Every rule for the Collector. A new rule is one entry in a file of `rules/`. */
export const COLLECTOR_RULES: readonly CollectorRule[] = [
  ...WIRING_RULES,
  ...SETTINGS_RULES,
  ...QUEUE_RULES,
  ...RETRY_RULES,
  ...TIER_RULES,
  ...SAMPLING_RULES,
  ...MEMORY_RULES,
  ...PRIVACY_RULES,
  ...EXPOSURE_RULES,
];

/** All rules, for tools and for `docs/collector-lint.md`, which is generated from them. */
export const LINT_RULES: readonly LintRule[] = [
  ...COLLECTOR_RULES,
  ...BACKEND_RULES,
  ...Object.values(TEXT_RULES),
  ALLOW_RULE,
];
