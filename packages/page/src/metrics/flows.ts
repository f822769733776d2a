/** The instruments of the catalogue, grouped by the flow that they watch. */
import {
  INSTRUMENTS,
  type InstrumentDefinition,
  PREFIX,
  prometheusLabel,
  prometheusName,
} from '@moneytrail/catalogue';

/** An instrument as the page asks for it. */
export interface Panel {
  /** Name of the catalogue, without prefix. */
  readonly name: string;
  readonly definition: InstrumentDefinition;
  /** Name of the series to ask for; buckets in the case of a histogram. */
  readonly series: string;
  /** Labels that tell the lines of the chart apart; all others are summed. */
  readonly splitBy: readonly string[];
}

/** True for money: its lines are of different currencies, which no common scale may compare. */
export function isMoney(panel: Panel): boolean {
  return panel.definition.attributes.includes('money.currency');
}

/** A group of panels. */
export interface Flow {
  readonly title: string;
  readonly panels: readonly Panel[];
}

const FLOWS: readonly (readonly [title: string, names: RegExp])[] = [
  ['Payments', /^(payment|platform_fee|fraud)\b/],
  ['Refunds and disputes', /^(refund|dispute)/],
  ['Commissions and referrals', /^(commission|referral)/],
  ['Payouts and transfers', /^(payout|transfer)/],
  ['Webhooks and jobs', /^(webhook|job)\b/],
  ['Health', /^health\b/],
  ['The telemetry itself', /./],
];

/** What became of something: the most telling of an instrument's attributes. */
const TELLING = /\b(outcome|status|result|reason|step|stage|cause|signal|check)$/;

/** Every instrument in the first flow that it fits. */
export function flows(): readonly Flow[] {
  const panels = Object.entries(INSTRUMENTS).map(toPanel);
  const taken = new Set<Panel>();
  return FLOWS.map(([title, names]) => {
    const own = panels.filter((panel) => !taken.has(panel) && names.test(panel.name));
    for (const panel of own) taken.add(panel);
    return { title, panels: own };
  });
}

function toPanel([name, definition]: [string, InstrumentDefinition]): Panel {
  const base = prometheusName(PREFIX + name, definition.unit, definition.kind);
  const series = definition.kind === 'histogram' ? `${base}_bucket` : base;
  return { name, definition, series, splitBy: splitLabels(definition) };
}

/** Currencies, and money of one's own and of others, are never added together, so money is always split by them. */
function splitLabels({ attributes, kind }: InstrumentDefinition): readonly string[] {
  const isOfMoney = attributes.includes('money.currency');
  const money = attributes.filter(
    (name) => isOfMoney && (name === 'money.currency' || name === 'account.kind'),
  );
  if (kind === 'histogram') return money.map(prometheusLabel);
  if (kind === 'gauge') return attributes.map(prometheusLabel);
  const telling = attributes.filter((name) => TELLING.test(name)).slice(0, 1);
  const chosen = [...money, ...telling];
  return (chosen.length > 0 ? chosen : attributes.slice(0, 2)).map(prometheusLabel);
}
