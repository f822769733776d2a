/** What is demanded of every board. Names as in Grafana's own linter where it has the same rule. */
import { GRAFANA_RULES } from './grafana-rules.ts';
import { OUR_RULES } from './our-rules.ts';
import type { BoardJson } from './view.ts';

/** A rule gives a sentence for everything that it finds. */
export type Rule = (board: BoardJson) => string[];

/** Every rule by name. */
export const RULES: Readonly<Record<string, Rule>> = { ...GRAFANA_RULES, ...OUR_RULES };
