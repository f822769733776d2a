/** Rules about network exposure. */
import type { Cursor } from '../cursor.ts';
import type { CollectorRule, Fault } from '../rule.ts';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i;

/** Extensions that expose the internals of the process. */
const DIAGNOSTIC: readonly string[] = ['pprof', 'zpages'];

/** Rules: who can reach the Collector. */
export const EXPOSURE_RULES: readonly CollectorRule[] = [
  {
    code: 'receiver-unauthenticated',
    file: 'collector',
    severity: 'error',
    title: 'A receiver listens beyond the host without authentication.',
    why: 'Anyone who reaches the port can add payments to your numbers, or fill the disk of the queue.',
    fix: 'Set `auth.authenticator` (such as `bearertokenauth`) or `tls.client_ca_file`, or listen on 127.0.0.1.',
    find: function* ({ components }): Generator<Fault> {
      for (const { type, settings } of components.filter(({ kind }) => kind === 'receivers')) {
        if (type !== 'otlp') continue;
        for (const [name, protocol] of settings.at('protocols').entries()) {
          const at = protocol.at('endpoint');
          if (isLocal(at) || isProtected(protocol)) continue;
          yield { at, message: `${name} accepts data from anyone who reaches ${at.text()}` };
        }
      }
    },
  },
  {
    code: 'cors-open',
    file: 'collector',
    severity: 'warning',
    title: 'Every website may send to the receiver.',
    why: 'Any website that a visitor opens can add to your numbers.',
    fix: 'List the origins of your own websites under `cors.allowed_origins`.',
    find: function* ({ components }): Generator<Fault> {
      for (const { kind, settings } of components) {
        if (kind !== 'receivers') continue;
        const origins = settings.at('protocols', 'http', 'cors', 'allowed_origins').items();
        for (const at of origins) {
          if (/^(?:https?:\/\/)?\*$/.test(at.text() ?? ''))
            yield { at, message: 'websites of any origin may send' };
        }
      }
    },
  },
  {
    code: 'diagnostics-exposed',
    file: 'collector',
    severity: 'warning',
    title: 'Diagnostics of the Collector can be reached from other hosts.',
    why: '`zpages` shows data of recent requests, `pprof` the memory of the process.',
    fix: 'Listen on `localhost`.',
    find: function* ({ components }): Generator<Fault> {
      for (const { kind, type, settings } of components) {
        const at = settings.at('endpoint');
        if (kind !== 'extensions' || !DIAGNOSTIC.includes(type) || isLocal(at)) continue;
        yield { at, message: `\`${type}\` is open to anyone who reaches ${at.text()}` };
      }
    },
  },
  {
    code: 'jaeger-over-grpc',
    file: 'collector',
    severity: 'warning',
    title: 'Traces go to Jaeger over gRPC.',
    why: 'Requests over 4 MiB are always rejected: 2,052 of 6,729 traces with spans of 3 KB. After an outage of 180 s, the queue was not empty 120 s later; over HTTP it was empty after 16.5 s.',
    fix: 'Use `otlp_http` and port 4318.',
    find: function* ({ components }): Generator<Fault> {
      for (const { kind, type, id, settings } of components) {
        if (kind !== 'exporters' || type !== 'otlp_grpc') continue;
        const at = settings.at('endpoint');
        if (/jaeger/i.test(`${id} ${at.text()}`))
          yield { at: settings, message: `\`${id}\` sends to Jaeger over gRPC` };
      }
    },
  },
];

/** Whether it listens on the host only, as by default. An unknown address is not judged. */
function isLocal(endpoint: Cursor): boolean {
  const text = endpoint.text();
  if (text === undefined) return true;
  return LOOPBACK.test(text.replace(/:\d*$/, '')) || text.includes('${') || text.startsWith('/');
}

function isProtected(protocol: Cursor): boolean {
  return (
    protocol.at('auth', 'authenticator').isSet() || protocol.at('tls', 'client_ca_file').isSet()
  );
}
