import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { freePort } from '../../dev/process/free-port.ts';
import { readState } from '../../dev/stack/index.ts';
import { eventually } from '../support/eventually.ts';
import { launchPlatform, type PlatformOptions } from '../support/platform.ts';
import { scalarOf } from '../support/prometheus.ts';
import { isAlive } from '../support/run.ts';
import { FREE_PORTS, newPlace } from './support/launcher.ts';

const BACKEND = ['--backend', 'stack'];
const open: { close: () => Promise<void> }[] = [];

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function launchOnStack(options: PlatformOptions = {}) {
  const args = [...BACKEND, ...(options.args ?? [])];
  const program = await launchPlatform({ ...options, args, env: FREE_PORTS });
  open.push(program);
  return program;
}

/** The address of a component in the table after the ready line. */
function addressIn(output: string, name: string): string {
  return (
    new RegExp(`^${name} +(http:\\S+)`, 'm').exec(
      output.split('Moneytrail is ready')[1] ?? '',
    )?.[1] ?? ''
  );
}

describe('npm start -- --backend stack', () => {
  it('sends to the Collector on its port, starts no store, and names the addresses', async () => {
    const port = await freePort();
    const program = await launchOnStack({ port });
    await program.printed('to see its money there: ');
    expect(addressIn(program.output(), 'collector')).toBe(`http://127.0.0.1:${port}`);
    expect(program.output()).toContain('export OTEL_EXPORTER_OTLP_HEADERS=Authorization=Bearer%20');
    expect([...program.members().keys()]).not.toContain('packages/store/src/main');
    const prometheus = addressIn(program.output(), 'prometheus');
    const events = await eventually(
      () => scalarOf(prometheus, 'sum(moneytrail_business_events_total)'),
      (count = 0) => count > 0,
      60_000,
    );
    expect(events).toBeGreaterThan(0);
  });

  it('stops in order, the stack last, and leaves no process', async () => {
    const program = await launchOnStack({ args: ['--no-traffic'] });
    await program.printed('alertmanager ');
    const pids = [...program.output().matchAll(/ ms +(\d+) /g)].map(([, pid]) => Number(pid));
    expect(pids).toHaveLength(5);
    expect(await program.end('SIGINT')).toEqual({ code: 130, signal: null });
    const stopped = [...program.output().matchAll(/s {2}(.+) stopped/g)].map(([, name]) => name);
    expect(stopped).toEqual(['example', 'ledger', 'stand-in', 'stack']);
    expect(pids.filter(isAlive)).toEqual([]);
  });

  it('stops completely, with the name, when a component dies', async () => {
    const program = await launchOnStack({ args: ['--no-traffic'] });
    await program.printed('alertmanager ');
    const loki = /^loki .* ms +(\d+) /m.exec(program.output())?.[1];
    process.kill(Number(loki), 'SIGKILL');
    expect(await program.ended).toEqual({ code: 1, signal: null });
    expect(program.output()).toContain(
      'MONEYTRAIL_STACK_COMPONENT_FAILED: loki ended with SIGKILL',
    );
  });

  it('reports a port that is in use', async () => {
    const port = await freePort();
    const server = createServer().listen(port, '127.0.0.1');
    const program = await launchOnStack({ port });
    expect(await program.ended).toEqual({ code: 1, signal: null });
    server.close();
    expect(program.output()).toContain(`MONEYTRAIL_START_PORT_IN_USE: port ${port} of --port`);
  });

  it('uses the stack that runs detached, and leaves it running', async () => {
    const place = newPlace();
    open.push(place);
    const stackDir = join(place.dataDir, 'stack');
    const detached = place.run(['--detach', '--data', stackDir]);
    expect(await detached.ended).toEqual({ code: 0, signal: null });
    const state = readState(stackDir);
    const program = await launchOnStack({ args: ['--data', place.dataDir] });
    await program.printed('alertmanager ');
    expect(addressIn(program.output(), 'collector')).toBe(`http://127.0.0.1:${place.otlpPort}`);
    await program.end('SIGTERM');
    expect(program.output()).not.toContain('stack stopped');
    expect(program.output()).toContain('The stack ran before, on its own port, and goes on');
    expect(state?.components.every(({ pid }) => isAlive(pid))).toBe(true);
    const stopped = place.run(['--stop', '--data', stackDir]);
    expect(await stopped.ended).toEqual({ code: 0, signal: null });
  });
});
