import { conservationUnder } from './support/conservation.ts';
import { ended, killedWhileStarting, withNothingBehind } from './support/test-stack.ts';

/** Delays after each start; the Collector is ready after about 200 ms. */
const MOMENTS_MS = [60, 300, 120, 240, 90, 180, 150, 270];

conservationUnder('collector', [
  ['has nothing to bear', () => Promise.resolve()],
  ['is stopped for 3 s', ended('SIGTERM', 3)],
  ['is killed and away for 3 s', ended('SIGKILL', 3)],
  ['is killed again and again while it starts', killedWhileStarting(MOMENTS_MS)],
  [
    'is killed again and again while it starts with a full queue',
    withNothingBehind(killedWhileStarting(MOMENTS_MS)),
  ],
]);
