import { conservationUnder } from './support/conservation.ts';
import { ended, killedWhileStarting } from './support/stand.ts';

conservationUnder('collector', [
  ['has nothing to bear', () => Promise.resolve()],
  ['is stopped for 3 s', ended('SIGTERM', 3)],
  ['is killed and away for 3 s', ended('SIGKILL', 3)],
  [
    'is killed again and again while it starts',
    killedWhileStarting([60, 300, 120, 240, 90, 180, 150, 270]),
  ],
]);
