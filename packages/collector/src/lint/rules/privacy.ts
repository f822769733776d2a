/** Rules about redaction and secrets. */
import { ENV } from '../../env.ts';
import { leavesHost, passesAlways } from '../config-view.ts';
import { type Cursor, scalarsOf } from '../cursor.ts';
import type { CollectorRule, Fault } from '../rule.ts';

/** Keys of secrets, in any component. */
const SECRET_KEY =
  /^(?:.*[._-])?(?:token|password|passwd|secret|client_secret|api[._-]?key|apikey|access[._-]?key|hmac_key|private[._-]?key|authorization)$/i;

/** False positives: keys that a pattern without anchors matches by accident. */
const HARMLESS_KEYS = [
  'cancelled',
  'code.namespace',
  'company.name',
  'gen_ai.usage.input_tokens',
  'http.route',
  'messaging.destination.name',
  'moneytrail.flow',
  'network.peer.address',
  'process.pid',
  'service.name',
  'shipping.method',
  'span.kind',
  'url.path',
];

/** Minimum length, in bytes, of a key for the Collector. */
const KEY_BYTES: Readonly<Record<string, number>> = { 'hmac-sha256': 32, 'hmac-sha512': 64 };

/** A nested repetition: fast in Go, exponential in JavaScript. */
const REPEATED_TWICE = /[+*}][^()]*\)+[+*{]/;

/** Minimum number of distinct characters in a random key. */
const LEAST_DISTINCT = 10;

/** Rules: personal data and secrets. */
export const PRIVACY_RULES: readonly CollectorRule[] = [
  {
    code: 'redaction-missing',
    file: 'collector',
    severity: 'error',
    title: 'Traces or logs are sent without redaction.',
    why: 'A card number in an error message of a library reaches every backend, and every backup of it.',
    fix: 'Add a `redaction` processor to the pipeline, or to every pipeline before it.',
    find: function* (config): Generator<Fault> {
      for (const pipeline of config.pipelines) {
        if (!['traces', 'logs'].includes(pipeline.signal) || !leavesHost(config, pipeline))
          continue;
        if (!passesAlways(config, pipeline, ['redaction']))
          yield {
            at: pipeline.at.at('processors'),
            message: `\`${pipeline.id}\` sends without redaction`,
          };
      }
    },
  },
  {
    code: 'redaction-key-pattern-loose',
    file: 'collector',
    severity: 'error',
    title: 'A pattern for keys has false positives.',
    why: 'A pattern matches anywhere in the key: `pan` also masks `company.name` and `span.kind`.',
    fix: 'Anchor it to whole parts of the key: `(?i)(^|[._-])pan($|[._-])`.',
    find: function* ({ components }): Generator<Fault> {
      for (const { type, settings } of components) {
        if (type !== 'redaction') continue;
        for (const at of settings.at('blocked_key_patterns').items()) {
          const caught = HARMLESS_KEYS.filter((key) => regexOf(at)?.test(key));
          if (caught.length > 0)
            yield { at, message: `matches \`${caught.slice(0, 3).join('`, `')}\` as well` };
        }
      }
    },
  },
  {
    code: 'redaction-hash-guessable',
    file: 'collector',
    severity: 'error',
    title: 'Redaction hashes without a key.',
    why: 'There are so few card numbers that all hashes can be computed in hours.',
    fix: `Set \`hash_function: hmac-sha256\` and \`hmac_key: ${ENV.hmacKey}\`, or do not hash.`,
    find: function* ({ components }): Generator<Fault> {
      for (const { type, settings } of components) {
        const at = settings.at('hash_function');
        const name = at.text() ?? '';
        if (type === 'redaction' && name !== '' && !name.startsWith('hmac-'))
          yield { at, message: `\`${name}\` has no key: hashed values can be guessed` };
      }
    },
  },
  {
    code: 'hmac-key-weak',
    file: 'collector',
    severity: 'error',
    title: 'The key of the redaction can be guessed.',
    why: 'Anyone who has the key can recover the card numbers. The Collector rejects keys under 32 bytes, but accepts 32 times the letter `a`.',
    fix: 'Generate one with `openssl rand -base64 48`, and pass it as `MONEYTRAIL_PII_HMAC_KEY`.',
    find: function* ({ components }): Generator<Fault> {
      for (const { type, settings } of components) {
        if (type !== 'redaction') continue;
        const message = weakness(settings);
        if (message !== undefined) yield { at: settings.at('hmac_key'), message };
      }
    },
  },
  {
    code: 'secret-in-plain-text',
    file: 'collector',
    severity: 'error',
    title: 'A secret is written in the file.',
    why: 'Configurations are committed, copied and printed.',
    fix: `Use a variable, such as \`${ENV.ingestToken}\`, and pass the value in the environment.`,
    find: function* ({ root, components }): Generator<Fault> {
      const weakKeys = new Set(
        components.flatMap(({ type, settings }) =>
          type === 'redaction' && weakness(settings) !== undefined
            ? settings.at('hmac_key').path
            : [],
        ),
      );
      for (const [key, at] of scalarsOf(root)) {
        if (SECRET_KEY.test(key) && isPlain(at) && !weakKeys.has(at.path))
          yield { at, message: `the value of \`${key}\` is in the file` };
      }
    },
  },
];

/** Compiles a Go pattern. The syntax is similar enough for this check. Patterns that do not compile are skipped. */
function regexOf(at: Cursor): RegExp | undefined {
  const [, flags = '', source = ''] = /^(?:\(\?([is]+)\))?([\s\S]*)$/.exec(at.text() ?? '') ?? [];
  try {
    return source === '' || REPEATED_TWICE.test(source) ? undefined : new RegExp(source, flags);
  } catch {
    return undefined;
  }
}

function weakness(redaction: Cursor): string | undefined {
  const key = redaction.at('hmac_key').text();
  const least = KEY_BYTES[redaction.at('hash_function').text() ?? ''];
  if (key === undefined || least === undefined) return undefined;
  const bytes = Buffer.byteLength(key);
  if (bytes < least) return `the key has ${bytes} bytes, but needs ${least}`;
  const distinct = new Set(key).size;
  return distinct < LEAST_DISTINCT ? `the key has only ${distinct} distinct characters` : undefined;
}

/** The secret in a scalar, as value or as default of a variable. Booleans and numbers are not secrets. */
function isPlain(at: Cursor): boolean {
  const written = at.written() ?? '';
  const hidden = written.replaceAll(/\$\{[^}]*:-([^}]+)\}/g, '$1').replaceAll(/\$\{[^}]*\}/g, '');
  return (
    typeof at.value() !== 'boolean' && /[^\s$]/.test(hidden.replace(/^(?:Bearer|Basic)\s/i, ''))
  );
}
