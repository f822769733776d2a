/** A creator whom people pay. */
export interface Creator {
  readonly handle: string;
  readonly currency: string;
  /** Monthly prices, in minor units. */
  readonly subscriptions: readonly number[];
  /** Prices of single purchases. */
  readonly items: readonly number[];
  /** Share of the traffic. */
  readonly weight: number;
}

/** A small platform: a few creators earn most, many earn little, in their local currencies. */
export const CREATORS: readonly Creator[] = [
  {
    handle: 'nightkiln',
    currency: 'USD',
    subscriptions: [500, 1200, 2500],
    items: [1900, 4900],
    weight: 9,
  },
  { handle: 'harbor-radio', currency: 'USD', subscriptions: [400, 900], items: [1500], weight: 6 },
  {
    handle: 'ada-draws',
    currency: 'EUR',
    subscriptions: [450, 999, 1999],
    items: [2900, 7900],
    weight: 7,
  },
  { handle: 'brotzeit', currency: 'EUR', subscriptions: [299, 799], items: [1290], weight: 4 },
  {
    handle: 'moss-and-stone',
    currency: 'GBP',
    subscriptions: [350, 850],
    items: [2400],
    weight: 5,
  },
  { handle: 'tram-line-9', currency: 'GBP', subscriptions: [300], items: [1100, 3600], weight: 2 },
  {
    handle: 'yoru-no-piano',
    currency: 'JPY',
    subscriptions: [500, 1200, 3000],
    items: [2800],
    weight: 4,
  },
  { handle: 'desert-oud', currency: 'KWD', subscriptions: [1500, 3250], items: [8750], weight: 2 },
  { handle: 'maple-static', currency: 'CAD', subscriptions: [600, 1400], items: [3200], weight: 2 },
  { handle: 'sertao-lab', currency: 'BRL', subscriptions: [1490, 2990], items: [8900], weight: 2 },
];

/** Codes of sample people in the ledger; some were referred themselves, so that there is a second tier. */
export const REFERRAL_CODES: readonly string[] = [
  'MARLOW',
  'JUNIPER',
  'ODETTE',
  'KESTREL',
  'SAFFRON',
  'TAMSIN',
  'BRAMBLE',
  'LARK',
  'COBALT',
  'WREN',
];
