import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nextCheckout } from '../driver/checkouts.ts';
import { weighted } from '../driver/random.ts';
import { readCheckout } from '../src/checkout/request.ts';
import { TEST_CARDS } from '../stand-in/test-cards.ts';

const anyRoll = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('the traffic', () => {
  it('consists of checkouts that the service accepts, with cards of the stand-in', () => {
    fc.assert(
      fc.property(fc.infiniteStream(anyRoll), (rolls) => {
        const checkout = nextCheckout(() => Number(rolls.next().value));
        expect(readCheckout(checkout)).toHaveProperty('request');
        expect(TEST_CARDS).toHaveProperty(checkout.payment_method);
      }),
    );
  });

  it.each([
    [0, 'rare'],
    [0.099, 'rare'],
    [0.1, 'common'],
    [0.999, 'common'],
  ])('a roll of %d is %s', (roll, expected) => {
    expect(
      weighted(
        [
          ['rare', 1],
          ['common', 9],
        ],
        roll,
      ),
    ).toBe(expected);
  });
});
