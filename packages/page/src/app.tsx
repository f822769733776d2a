/** The frame around every view, and the view of each address. */
import type { VNode } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { focusRow } from './data/keys.ts';
import { afterFrames, place } from './data/location.ts';
import { DropsView } from './drops/drops.tsx';
import { EventsView } from './events/events.tsx';
import { HealthView } from './health/health.tsx';
import { MetricsView } from './metrics/metrics.tsx';
import { PaymentsView } from './payments/payments.tsx';
import { NowhereView } from './shell/nowhere.tsx';
import { SideBar } from './shell/side-bar.tsx';
import { TopBar } from './shell/top-bar.tsx';
import { TrailView } from './trail/trail.tsx';

const VIEWS: Readonly<Record<string, () => VNode>> = {
  '/payments': () => <PaymentsView />,
  '/events': () => <EventsView />,
  '/metrics': () => <MetricsView />,
  '/health': () => <HealthView />,
  '/dropped': () => <DropsView />,
};

/** The UI. */
export function App(): VNode {
  const { path } = place.value;
  useFocusAfterMove(path);
  return (
    <>
      <a class="skip" href="#main">
        Skip to content
      </a>
      <TopBar />
      <SideBar />
      <main id="main" tabIndex={-1}>
        {viewOf(path)}
      </main>
    </>
  );
}

function viewOf(path: string): VNode {
  const payment = /^\/payments\/(?:([^/]+)\/)?([^/]+)$/.exec(path);
  if (payment !== null) {
    const [, provider, id = ''] = payment;
    return <TrailView key={path} provider={provider && decode(provider)} id={decode(id)} />;
  }
  return VIEWS[path]?.() ?? <NowhereView path={path} />;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

let shownPath = '';

/** After navigation, focuses the heading, or in the list the row that was opened. */
function useFocusAfterMove(path: string): void {
  useLayoutEffect(() => {
    const left = shownPath;
    shownPath = path;
    // The browser handles the focus of the first view.
    if (left === '' || left === path) return;
    if (left.startsWith(`${path}/`)) afterFrames(3, () => focusRow(left) || focusHeading());
    else focusHeading();
  }, [path]);
}

function focusHeading(): void {
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
}
