/** What else is to be done where a configuration lies inside another file. */
import type { HostKind, Place } from './place.ts';

const ON_A_VOLUME = 'Its directory belongs on a volume that outlives the pod.';
const FROM_A_SECRET = 'Let the pod take the value from a Secret (`valueFrom.secretKeyRef`).';

/** By host and code, what follows the fix of the rule. */
const MORE: Readonly<Record<HostKind, Readonly<Record<string, string>>>> = {
  file: {},
  kubernetes: {
    'queue-in-memory': ON_A_VOLUME,
    'queue-disabled': ON_A_VOLUME,
    'secret-in-plain-text': FROM_A_SECRET,
    'hmac-key-weak': FROM_A_SECRET,
  },
  helm: {
    'component-undefined': 'Allow it with a comment where the chart defines it.',
    'component-unused': 'What the chart itself defines goes away with `null`.',
    'queue-in-memory': ON_A_VOLUME,
    'queue-disabled': ON_A_VOLUME,
    'secret-in-plain-text': FROM_A_SECRET,
    'hmac-key-weak': FROM_A_SECRET,
  },
  compose: {
    'queue-in-memory': 'Its directory belongs on a volume of the service.',
    'queue-disabled': 'Its directory belongs on a volume of the service.',
  },
};

/** The fix as it is done in this place. */
export function fixIn(place: Place | undefined, code: string, fix: string): string {
  if (place === undefined) return fix;
  // Compose puts its own variables in first, and leaves one `$` of two.
  const written = place.host === 'compose' ? fix.replaceAll('${', () => '$${') : fix;
  const more = MORE[place.host][code];
  return more === undefined ? written : `${written} ${more}`;
}
