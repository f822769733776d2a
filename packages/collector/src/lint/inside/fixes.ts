/** Additional steps of a fix, depending on the file that contains the configuration. */
import type { HostKind, Place } from './place.ts';

const ON_A_VOLUME = 'Its directory belongs on a volume that survives the pod.';
const FROM_A_SECRET = 'Let the pod take the value from a Secret (`valueFrom.secretKeyRef`).';

/** Additional steps by file type and code. */
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
    'component-unused': 'Remove components of the chart with `null`.',
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

/** The fix for this place. */
export function fixIn(place: Place | undefined, code: string, fix: string): string {
  if (place === undefined) return fix;
  // Compose substitutes its own variables first, and reduces `$$` to `$`.
  const written = place.host === 'compose' ? fix.replaceAll('${', () => '$${') : fix;
  const more = MORE[place.host][code];
  return more === undefined ? written : `${written} ${more}`;
}
