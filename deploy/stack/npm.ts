const LOOK_MS = 500;

/** npm passes signals on, but nobody tells when npm itself is killed: then its place as the parent is empty. */
export function whenNpmIsGone(work: () => void): void {
  const npm = process.ppid;
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const timer = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(timer);
    work();
  }, LOOK_MS).unref();
}
