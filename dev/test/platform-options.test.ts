import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readStartOptions } from '../platform/options.ts';

describe('the options of npm start', () => {
  it('have defaults, with the data outside of the repository', () => {
    expect(readStartOptions([], {})).toEqual({
      backend: 'store',
      port: 4318,
      appPort: 3000,
      dataDir: join(homedir(), '.local/state/moneytrail'),
      traffic: true,
    });
  });

  it.each([
    [['--backend', 'store'], { backend: 'store' }],
    [['--backend', 'stack'], { backend: 'stack' }],
    [['--backend', 'otlp'], { backend: 'otlp' }],
    [['--port', '1'], { port: 1 }],
    [['--port=65535'], { port: 65_535 }],
    [['--app-port', '4000'], { appPort: 4000 }],
    [['--data', 'here'], { dataDir: resolve('here') }],
    [['--no-traffic'], { traffic: false }],
  ])('%j is read', (args, expected) => {
    expect(readStartOptions(args, {})).toMatchObject(expected);
  });

  it.each([
    ['/var/state', '/var/state/moneytrail'],
    ['relative', join(homedir(), '.local/state/moneytrail')],
    ['', join(homedir(), '.local/state/moneytrail')],
  ])('with XDG_STATE_HOME=%s keep the data in %s', (state, dataDir) => {
    expect(readStartOptions([], { XDG_STATE_HOME: state })).toMatchObject({ dataDir });
  });

  it.each([
    [['--backend', 'elsewhere']],
    [['--backend']],
    [['--port', '0']],
    [['--port', '65536']],
    [['--port', '-1']],
    [['--port', '4318.5']],
    [['--port', 'http']],
    [['--port']],
    [['--app-port', '']],
    [['--port', '3000']],
    [['--data', '']],
    [['--no-traffic=yes']],
    [['--verbose']],
    [['extra']],
  ])('%j is a coded error', (args) => {
    expect(() => readStartOptions(args, {})).toThrow(
      expect.objectContaining({ code: 'MONEYTRAIL_START_OPTION' }),
    );
  });
});
