/** Notices that npm, which started this process, was killed. */
const POLL_MS = 500;

/** Calls `work` when npm, the parent of this process, is killed. npm forwards other signals itself. */
export function whenNpmIsGone(work: () => void): void {
  const npm = process.ppid;
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const timer = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(timer);
    work();
  }, POLL_MS).unref();
}
