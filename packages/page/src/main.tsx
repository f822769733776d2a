/** Entry point of the UI: it is drawn before the first response arrives. */
import { render } from 'preact';
import { App } from './app.tsx';
import { startKeys } from './data/keys.ts';
import { startLive } from './data/live.ts';
import { startLocation } from './data/location.ts';
import { startOverview } from './data/overview.ts';

const root = document.getElementById('page');
if (root !== null) {
  startLocation();
  render(<App />, root);
  startOverview();
  startLive();
  startKeys();
}
