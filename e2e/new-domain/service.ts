/**
 * A service that does not depend on the catalogue in its argument: when a line arrives on stdin, it records each event
 * twice, with a sample of every field. It prints `ready` and `recorded`, and ends when stdin is closed.
 */
import { once } from 'node:events';
import { type Catalogue, money } from '@moneytrail/catalogue';
import { createRecorder } from '@moneytrail/metrics';

const [file = ''] = process.argv.slice(2);
const exported: Record<string, Catalogue> = await import(file);

function sample(catalogue: Catalogue, attribute: string): unknown {
  const { kind, values = {} } = catalogue.known[attribute] ?? {};
  if (kind === 'number') return 1;
  return kind === 'flag' ? true : (Object.keys(values)[0] ?? `${attribute}-1`);
}

function fieldsOf(catalogue: Catalogue, name: string): Record<string, unknown> {
  const { required = {}, optional = {}, amounts = {} } = catalogue.events[name] ?? {};
  const fields = Object.entries({ ...required, ...optional });
  return Object.fromEntries([
    ...fields.map(([field, attribute]) => [field, sample(catalogue, attribute)]),
    ...Object.keys(amounts).map((field, index) => [field, money(BigInt(900 - index), 'EUR')]),
  ]);
}

const recorders = Object.values(exported).map((catalogue) =>
  createRecorder(catalogue, { inUse: { 'money.currency': ['EUR'] } }),
);
console.log('ready');
await once(process.stdin, 'data');
for (const { catalogue, track } of recorders) {
  for (const event of Object.keys(catalogue.events)) {
    for (let time = 0; time < 2; time += 1) track({ event, ...fieldsOf(catalogue, event) });
  }
}
console.log('recorded');
await once(process.stdin.resume(), 'end');
