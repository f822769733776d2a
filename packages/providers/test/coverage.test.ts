import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { STRIPE_EVENTS } from '@moneytrail/providers/stripe';
import { filesOf, read } from '../../../tools/repository.ts';

const root = new URL('../../../', import.meta.url);
const stripeFile = createRequire(import.meta.url).resolve('stripe');
const declarations = join(dirname(stripeFile), '../esm/resources/Events.d.ts');

describe('the table of Stripe’s event types', () => {
  it('has every type that the stripe package declares, and no other', () => {
    const declared = readFileSync(declarations, 'utf8');
    const types = [...declared.matchAll(/^ {4}type: '([^']+)';$/gm)].map(([, type]) => type);
    expect(types.length).toBeGreaterThan(250);
    expect(Object.keys(STRIPE_EVENTS).sort()).toEqual([...new Set(types)].sort());
  });

  it('is the one of docs/stripe.md', () => {
    const page = readFileSync(new URL('docs/stripe.md', root), 'utf8');
    const tables = page.slice(
      page.indexOf('## Types that count'),
      page.indexOf('## What is wrong'),
    );
    const rows = [...tables.matchAll(/^\| (`[^|]+`) \| ([^|]+) \|/gm)].flatMap(([, types, what]) =>
      wordsOf(types).map((type) => [type, wordsOf(what)] as const),
    );
    const table = Object.entries(STRIPE_EVENTS).map(
      ([type, one]) => [type, typeof one === 'string' ? [one] : [...one.records]] as const,
    );
    expect(new Map(rows)).toEqual(new Map(table));
    expect(rows).toHaveLength(table.length);
  });
});

describe('the package', () => {
  it('imports nothing but types from the SDK of a provider', () => {
    const imports = filesOf('packages/providers/src/**/*.ts').flatMap(
      (path) => read(path).match(/^import .* from 'stripe';$/gm) ?? [],
    );
    expect(new Set(imports)).toEqual(new Set(["import type Stripe from 'stripe';"]));
  });
});

function wordsOf(cell: string | undefined): string[] {
  return [...(cell ?? '').matchAll(/`([^`]+)`/g)].map(([, word]) => word ?? '');
}
