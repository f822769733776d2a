/** The folders of the sources are rooms in an order: each imports only from rooms before it. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const SOURCES = new URL('../src/', import.meta.url).pathname;

/** The top holds `index.ts`, `register.ts` and `start.ts`, which import from every room. */
const ROOMS = ['redaction', 'trust', 'config', 'export', 'prometheus', 'sdk', 'exit'];

/** The table of errors stands before all rooms and imports nothing. */
const ERRORS = 'errors.ts';

const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);

/** Rooms that a file imports values from; types may point to later rooms. */
function roomsImported(file: string): string[] {
  const text = readFileSync(join(SOURCES, file), 'utf8');
  const imports = text.matchAll(/^(?:import|export) (?!type)[^;]*? from '(\.[^']+)';$/gm);
  return [...imports].map(([, target = '']) => roomOf(relative('', join(dirname(file), target))));
}

function roomOf(file: string): string {
  return file.split('/', 1).join('');
}

describe.each(ROOMS)('%s', (room) => {
  it('imports only from rooms before it', () => {
    const allowed = [ERRORS, ...ROOMS.slice(0, ROOMS.indexOf(room) + 1)];
    const own = files.filter((file) => roomOf(file) === room);
    expect(own.length).toBeGreaterThan(0);
    for (const file of own) {
      const others = roomsImported(file).filter((target) => !allowed.includes(target));
      expect({ file, others }).toEqual({ file, others: [] });
    }
  });
});

it('imports nothing into the table of errors', () => {
  expect(roomsImported(ERRORS)).toEqual([]);
});

it('leaves few files at the top', () => {
  const top = files.filter((file) => !file.includes('/')).sort();
  expect(top).toEqual([ERRORS, 'index.ts', 'register.ts', 'start.ts']);
});

it('reads the environment in one file', () => {
  const readers = files.filter((file) =>
    /process\.env\b|FromEnv\b/.test(
      readFileSync(join(SOURCES, file), 'utf8').replace(/\/\/.*|\/?\*.*/g, ''),
    ),
  );
  expect(readers).toEqual(['config/environment.ts']);
});
