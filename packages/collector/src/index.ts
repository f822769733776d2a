/** Public API: Collector configurations by profile and version, and the lint for configurations. */
export { configForVersion } from './ids/for-version.ts';
export { NEWEST_VERSION, OLDEST_VERSION } from './ids/version.ts';
export type { JudgedPlace } from './lint/judged.ts';
export { judgedPlaces } from './lint/judged.ts';
export type { BackendFiles, LintFinding, LintOptions } from './lint/lint.ts';
export { lintCollectorConfig } from './lint/lint.ts';
export type { LintFile, LintRule, LintSeverity } from './lint/rule.ts';
export { LINT_RULES } from './lint/rules.ts';
export type { CollectorConfig } from './model/config.ts';
export type { ProfileName } from './profiles/index.ts';
export { isProfileName, PROFILE_NAMES, PROFILE_PURPOSES, profile } from './profiles/index.ts';
export { toYaml } from './yaml.ts';
