// SDKs that are started after ours, which the API refuses.
import { DiagLogLevel, diag } from '@opentelemetry/api';
import { takenPlaces } from './registry.ts';
import { reportRefused } from './report.ts';

/** How every version of the API says that it does not register something, and what: `API: trace`, `for trace`. */
const REFUSAL =
  /@opentelemetry\/api: (?:Attempted duplicate registration of API: |Registration of version \S+ for )(\w+)/;

const ignore = (): void => {};

/**
 * Reports the first SDK that comes too late. The API says so to its log for diagnoses alone, which most services do not set. Whoever sets
 * one takes the place of this.
 */
export function watchRefusals(): void {
  if (takenPlaces().has('diag')) return;
  let isFirst = true;
  const error = (message: string): void => {
    const [, place] = REFUSAL.exec(message) ?? [];
    // A log for diagnoses is no SDK.
    if (place === undefined || place === 'diag' || !isFirst) return;
    isFirst = false;
    reportRefused(place);
  };
  const logger = { error, warn: ignore, info: ignore, debug: ignore, verbose: ignore };
  diag.setLogger(logger, { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true });
}
