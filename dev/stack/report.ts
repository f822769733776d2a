/** What `npm run stack` prints about a running stack. */
import { identityOf, isAlive } from '../process/identity.ts';
import { COMPONENT_NAMES, COMPONENTS, type ComponentName } from './recipes.ts';
import type { RunningStack } from './stack.ts';
import type { ComponentState, State } from './state.ts';

/** What each component is for. */
const NOTES: Readonly<Record<ComponentName, string>> = {
  collector: 'services send here (OTLP/HTTP)',
  prometheus: 'metrics: the API without the UI',
  jaeger: 'traces: the API without the UI',
  loki: 'logs and events: the API',
  alertmanager: 'alerts: the API without the UI',
};

/** The state of a running stack, as later commands read it. */
export function stateOf(stack: RunningStack): State {
  const launcher = identityOf(process.pid);
  if (launcher === undefined) throw new Error('this process cannot see itself');
  const components = COMPONENT_NAMES.flatMap((name): ComponentState[] => {
    const identity = identityOf(stack.pidOf(name) ?? 0);
    if (identity === undefined) return [];
    const url = name === 'collector' ? stack.urls.otlp : stack.urls[name];
    return [{ ...identity, name, url, readyMs: stack.readyMs[name] ?? 0 }];
  });
  return { launcher, components, env: stack.env, urls: { ...stack.urls } };
}

/** The table of the components, each with its address and the time until it was ready. */
export function table(state: State): string[] {
  const rows = state.components.map((component) => {
    const { name, url, pid, readyMs } = component;
    const note = isAlive(component) ? NOTES[name] : 'HAS ENDED, see its log';
    return row(name, url, `${readyMs} ms`, String(pid), note);
  });
  const head = row('component', 'address', 'ready in', 'pid', '');
  return [head, ...rows, ...grafanaLines(), ''];
}

/** How a service sends to the stack, and where its money is then shown. */
export function sendLines(state: State, dataDir: string): string[] {
  return [
    `  data, logs and secrets: ${dataDir}`,
    '  a service sends with:',
    ...Object.entries(state.env).map(([name, value]) => `    export ${name}=${value}`),
    '  to see its money there: docs/stack.md#see-the-money',
  ];
}

/** The last lines: how to send, where to look, and which traces are kept. */
export function readyLines(state: State, dataDir: string, percent: string): string[] {
  return [
    'Moneytrail stack is ready',
    ...sendLines(state, dataDir),
    `  ${percent} % of traces are kept (MONEYTRAIL_TRACE_PERCENT), failed, slow and marked ones always`,
  ];
}

/** Grafana is not started; this says how to run it. */
function grafanaLines(): string[] {
  const { version } = COMPONENTS.images['grafana'] ?? { version: '' };
  return [
    `${'grafana'.padEnd(13)} not started: its UI cannot be built from Go modules. docs/stack.md says how to run`,
    `${''.padEnd(13)} Grafana ${version} from https://grafana.com/grafana/download on this stack, or use docker compose`,
  ];
}

function row(name: string, url: string, ready: string, pid: string, note: string): string {
  return `${name.padEnd(13)} ${url.padEnd(24)} ${ready.padStart(8)} ${pid.padStart(8)}  ${note}`.trimEnd();
}
