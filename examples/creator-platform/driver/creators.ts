/** Someone whom people pay. */
export interface Creator {
  readonly handle: string;
  readonly currency: string;
  /** Prices of a month, in minor units. */
  readonly subscriptions: readonly number[];
  /** Prices of single things. */
  readonly items: readonly number[];
  /** How much of the traffic is theirs. */
  readonly weight: number;
}

/** A small platform: a few who earn most, many who earn little, in the currencies of where they live. */
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

/** Codes of the ledger's sample people; some were referred themselves, so that a second tier earns too. */
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
