// SDKs that are started after ours, which the API refuses.
import { DiagLogLevel, diag } from '@opentelemetry/api';
import { takenPlaces } from './registry.ts';
import { reportRefused } from './report.ts';

/** How every version of the API says that it does not register something, and what: `API: trace`, `for trace`. */
const REFUSAL =
  /@opentelemetry\/api: (?:Attempted duplicate registration of API: |Registration of version \S+ for )(\w+)/;

const ignore = (): void => {};

/** Reports the first refusal, however many places it is about. */
export function firstRefusal(): (place: string) => void {
  let isFirst = true;
  return (place) => {
    if (isFirst) reportRefused(place);
    isFirst = false;
  };
}

/**
 * Reports an SDK that comes too late. The API writes it to its diagnostic log only, which most services do not set. A logger that others
 * set replaces this one.
 */
export function watchRefusals(report: (place: string) => void): void {
  if (takenPlaces().has('diag')) return;
  const error = (message: string): void => {
    const [, place] = REFUSAL.exec(message) ?? [];
    // A diagnostic log is not an SDK.
    if (place !== undefined && place !== 'diag') report(place);
  };
  const logger = { error, warn: ignore, info: ignore, debug: ignore, verbose: ignore };
  diag.setLogger(logger, { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true });
}
