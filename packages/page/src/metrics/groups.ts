/** The metrics as panels: those of the catalogue in its groups, then all others by the first word of their name. */
import {
  CATALOGUE,
  INSTRUMENTS,
  type InstrumentDefinition,
  PREFIX,
  prometheusLabel,
  prometheusName,
} from '@moneytrail/catalogue';
import type { MetricRow } from '@moneytrail/store';

/** One metric as it is queried and drawn. */
export interface Panel {
  /** Name in OTLP; without our prefix for a metric of the catalogue. */
  readonly name: string;
  /** Empty when the sender gave no description. */
  readonly help: string;
  readonly unit: string;
  readonly kind: MetricRow['kind'];
  /** Name of the series to query: of the buckets for a histogram. */
  readonly series: string;
  /** Labels that separate the lines of the chart; all others are summed. */
  readonly splitBy: readonly string[];
}

/** A group of panels. */
export interface PanelGroup {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** True for amounts of money: the lines have different currencies and cannot share a scale. */
export function isMoney({ splitBy }: Panel): boolean {
  return splitBy.includes(CURRENCY);
}

/** All instruments of the catalogue, in its groups. */
export function catalogueGroups(): readonly PanelGroup[] {
  const panels = new Map(
    Object.entries(INSTRUMENTS).map((entry) => [entry[0], ofInstrument(entry)]),
  );
  return CATALOGUE.groups.map(({ name, instruments }) => ({
    title: name.charAt(0).toUpperCase() + name.slice(1),
    panels: instruments.flatMap((instrument) => panels.get(instrument) ?? []),
  }));
}

/** All stored metrics that are not in `known`, by the first word of their name. */
export function otherGroups(
  rows: readonly MetricRow[],
  known: readonly PanelGroup[],
): readonly PanelGroup[] {
  const described = new Set(known.flatMap(({ panels }) => panels.map(({ series }) => series)));
  const groups = new Map<string, Panel[]>();
  for (const panel of rows.map(ofRow)) {
    if (described.has(panel.series)) continue;
    const title = /^[^._/]*/.exec(panel.name)?.[0] || 'Unnamed';
    groups.set(title, [...(groups.get(title) ?? []), panel]);
  }
  return [...groups].map(([title, panels]) => ({ title, panels }));
}

/** Name of the series to query for a stored metric. */
export function seriesOf({ metric, kind }: Pick<MetricRow, 'metric' | 'kind'>): string {
  return kind === 'histogram' ? `${metric}_bucket` : metric;
}

const CURRENCY = 'money_currency';

function ofInstrument([name, definition]: [string, InstrumentDefinition]): Panel {
  const { help, unit, kind, attributes } = definition;
  const metric = prometheusName(PREFIX + name, unit, kind);
  const splitBy = splitLabels(attributes.map(prometheusLabel), kind);
  return { name, help, unit, kind, series: seriesOf({ metric, kind }), splitBy };
}

function ofRow(row: MetricRow): Panel {
  const { name, description, unit, kind, labels } = row;
  const splitBy = splitLabels(
    labels.filter((label) => !OF_SENDER.test(label)),
    kind,
  );
  return { name, help: description, unit, kind, series: seriesOf(row), splitBy };
}

/** Labels that identify the sender. */
const OF_SENDER = /^(job|instance|otel_scope_.*)$/;

/** The most informative label: an outcome, a status or a reason. */
const OUTCOME = /(?:^|_)(outcome|status|result|reason|step|stage|cause|signal|check)$/;

/** Amounts in different currencies, and of different kinds of accounts, are never added, so money is always split by both. */
function splitLabels(labels: readonly string[], kind: Panel['kind']): readonly string[] {
  const money = labels.includes(CURRENCY)
    ? labels.filter((label) => label === CURRENCY || label === 'account_kind')
    : [];
  if (kind === 'histogram') return money;
  if (kind === 'gauge') return labels;
  const outcome = labels.filter((label) => OUTCOME.test(label)).slice(0, 1);
  const chosen = [...money, ...outcome];
  return chosen.length > 0 ? chosen : labels.slice(0, 2);
}
