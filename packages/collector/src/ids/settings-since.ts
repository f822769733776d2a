/** Settings by the version that introduced them. */
import type { ComponentKind } from './renamed.ts';

/** A setting of our profiles that older Collectors do not support. */
export interface SettingSince {
  /** Newest name of the type of the component; `*` for every component of the kind. */
  readonly type: string;
  readonly kind: ComponentKind;
  readonly path: readonly string[];
  /** The new value, if the setting itself is older. */
  readonly value?: RegExp;
  /** The first version that has it. */
  readonly since: string;
}

/** Settings by version. Without any of them, data would be lost or exposed, so older Collectors are rejected. */
export const SETTINGS_SINCE: readonly SettingSince[] = [
  {
    kind: 'exporters',
    type: '*',
    path: ['sending_queue', 'sizer'],
    value: /^bytes$/,
    since: '0.130.0',
  },
  { kind: 'processors', type: 'redaction', path: ['redact_all_types'], since: '0.132.0' },
  { kind: 'processors', type: 'redaction', path: ['hmac_key'], since: '0.147.0' },
  {
    kind: 'processors',
    type: 'redaction',
    path: ['hash_function'],
    value: /^hmac-/,
    since: '0.147.0',
  },
  { kind: 'processors', type: 'redaction', path: ['ignored_key_patterns'], since: '0.144.0' },
  { kind: 'processors', type: 'redaction', path: ['url_sanitizer'], since: '0.144.0' },
  { kind: 'processors', type: 'redaction', path: ['db_sanitizer'], since: '0.144.0' },
  { kind: 'processors', type: 'tail_sampling', path: ['block_on_overflow'], since: '0.136.0' },
  { kind: 'extensions', type: 'file_storage', path: ['recreate'], since: '0.144.0' },
  { kind: 'connectors', type: 'span_metrics', path: ['add_resource_attributes'], since: '0.144.0' },
];
