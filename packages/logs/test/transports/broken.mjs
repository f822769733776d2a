/** A transport that fails at its first line. */
import { Writable } from 'node:stream';

export default () =>
  new Writable({
    write: (_chunk, _encoding, done) => done(new Error('broken for ada@example.org')),
  });
