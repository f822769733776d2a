import { ENV } from '../../env.ts';
import { leavesHost, passesAlways } from '../config-view.ts';
import { type Cursor, scalarsOf } from '../cursor.ts';
import type { CollectorRule, Fault } from '../rule.ts';

/** Keys that hold a secret, whatever component they belong to. */
const SECRET_KEY =
  /^(?:.*[._-])?(?:token|password|passwd|secret|client_secret|api[._-]?key|apikey|access[._-]?key|hmac_key|private[._-]?key|authorization)$/i;

/** What nobody would want to lose: names that a pattern which is not anchored matches by accident. */
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

/** The least length of a key, in bytes, that the Collector takes. */
const KEY_BYTES: Readonly<Record<string, number>> = { 'hmac-sha256': 32, 'hmac-sha512': 64 };

/** A repetition of a repetition: quick in Go, endless in ours. */
const REPEATED_TWICE = /[+*}][^()]*\)+[+*{]/;

/** Fewer different characters than this were typed, not drawn. */
const LEAST_DISTINCT = 10;

/** What keeps personal data and secrets in. */
export const PRIVACY_RULES: readonly CollectorRule[] = [
  {
    code: 'redaction-missing',
    file: 'collector',
    severity: 'error',
    title: 'Traces or logs leave the host without redaction.',
    why: 'A card number in an error message of a library reaches every backend, and every backup of it.',
    fix: 'Put a `redaction` processor into the pipeline, or into each pipeline before it.',
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
    title: 'A pattern for keys matches harmless keys.',
    why: 'A pattern matches anywhere in the key: `pan` masks `company.name` and `span.kind` too.',
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
    why: 'There are so few card numbers that all their hashes can be tried in hours.',
    fix: `Set \`hash_function: hmac-sha256\` and \`hmac_key: ${ENV.hmacKey}\`, or no hash at all.`,
    find: function* ({ components }): Generator<Fault> {
      for (const { type, settings } of components) {
        const at = settings.at('hash_function');
        const name = at.text() ?? '';
        if (type === 'redaction' && name !== '' && !name.startsWith('hmac-'))
          yield { at, message: `\`${name}\` has no key: what it hides can be guessed` };
      }
    },
  },
  {
    code: 'hmac-key-weak',
    file: 'collector',
    severity: 'error',
    title: 'The key of the redaction can be guessed.',
    why: 'Whoever has the key finds the card numbers behind the hashes. The Collector refuses fewer than 32 bytes, and takes 32 times the letter `a`.',
    fix: 'Draw one: `openssl rand -base64 48`, and pass it as `MONEYTRAIL_PII_HMAC_KEY`.',
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
    fix: `Write a variable, such as \`${ENV.ingestToken}\`, and pass the value in the environment.`,
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

/** Go's patterns are close enough to ours for the question asked; what ours cannot read is passed over. */
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
  if (bytes < least) return `the key has ${bytes} bytes, and needs ${least}`;
  const distinct = new Set(key).size;
  return distinct < LEAST_DISTINCT
    ? `the key has only ${distinct} different characters`
    : undefined;
}

/** Written out, or as the default of a variable. A flag or a number is no secret. */
function isPlain(at: Cursor): boolean {
  const written = at.written() ?? '';
  const hidden = written.replaceAll(/\$\{[^}]*:-([^}]+)\}/g, '$1').replaceAll(/\$\{[^}]*\}/g, '');
  return (
    typeof at.value() !== 'boolean' && /[^\s$]/.test(hidden.replace(/^(?:Bearer|Basic)\s/i, ''))
  );
}
