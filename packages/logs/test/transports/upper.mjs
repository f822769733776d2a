/** A transport of a pipeline that converts lines to upper case. */
import { Transform } from 'node:stream';
import build from 'pino-abstract-transport';

export default () =>
  build(
    (source) => {
      const upper = new Transform({
        autoDestroy: true,
        objectMode: true,
        transform: (line, _encoding, done) => done(null, `${JSON.stringify(line).toUpperCase()}\n`),
      });
      source.pipe(upper);
      return upper;
    },
    { enablePipelining: true },
  );
