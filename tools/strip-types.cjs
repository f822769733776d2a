// Jest transform: Node's own type stripping keeps every line and column, so no source map is needed.
const { createHash } = require('node:crypto');
const { stripTypeScriptTypes } = require('node:module');

module.exports = {
  process: (source) => ({ code: stripTypeScriptTypes(source) }),
  getCacheKey: (source) =>
    createHash('sha256').update(process.version).update(source).digest('hex'),
};
