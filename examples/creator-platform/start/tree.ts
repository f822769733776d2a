import { Member, type MemberOptions } from './member.ts';

/** The processes in the order of their start; they stop in the opposite one. */
export class Tree {
  readonly #logDir: string;
  readonly #members: Member[] = [];
  readonly #failed = Promise.withResolvers<never>();
  #afterwards: readonly [name: string, work: () => Promise<void>] | undefined;
  #stopping: Promise<void> | undefined;

  constructor(logDir: string) {
    this.#logDir = logDir;
    // It may come before anybody watches.
    this.#failed.promise.catch(() => undefined);
  }

  /** Starts a process that lives as long as the tree. */
  start(options: Omit<MemberOptions, 'logDir'>): Member {
    // A tree that stops while it starts grows no more.
    if (this.#stopping) throw new Error('stopped while starting');
    const member = new Member({ ...options, logDir: this.#logDir });
    this.#members.push(member);
    return member;
  }

  /** Runs a process to its end. Rejects when it ends otherwise than well. */
  async run(options: Omit<MemberOptions, 'logDir'>): Promise<void> {
    const member = this.start(options);
    const how = await member.ended;
    if (how !== 'ended with exit code 0') throw member.failure(how);
    this.#members.splice(this.#members.indexOf(member), 1);
  }

  /** Rejects when a process ends before it is told to. */
  async watch(): Promise<never> {
    const ends = this.#members.map(async (member) => ({ member, how: await member.ended }));
    const { member, how } = await Promise.race([...ends, this.#failed.promise]);
    throw member.failure(how);
  }

  /** Makes `watch` reject for something that is not of the tree itself. */
  fail(reason: Error): void {
    this.#failed.reject(reason);
  }

  /** Something to stop after all processes. A tree that has stopped meanwhile stops it at once. */
  stopAfterwards(name: string, work: () => Promise<void>): void {
    this.#afterwards = [name, work];
    if (this.#stopping) void work();
  }

  /** True from the moment that the tree was told to stop: ends are no news any more. */
  isStopping(): boolean {
    return this.#stopping !== undefined;
  }

  /** Stops one after the other, and tells each that has ended. */
  stop(onStopped: (name: string) => void): Promise<void> {
    this.#stopping ??= this.#stopInOrder(onStopped);
    return this.#stopping;
  }

  /** Ends all of them at once. */
  kill(): void {
    for (const member of this.#members) member.kill();
  }

  /** The last lines of the process that ended by itself, and where the rest is. */
  lastWords(): string[] {
    const member = this.#members.find((one) => one.hasEnded());
    if (member === undefined) return [];
    const lines = member.log.lastLines(8).map((line) => `    ${line}`);
    return [...lines, `    (from ${member.log.path})`];
  }

  async #stopInOrder(onStopped: (name: string) => void): Promise<void> {
    for (const member of this.#members.toReversed()) {
      if (member.hasEnded()) continue;
      await member.stop();
      onStopped(member.name);
    }
    if (this.#afterwards === undefined) return;
    const [name, work] = this.#afterwards;
    await work();
    onStopped(name);
  }
}
