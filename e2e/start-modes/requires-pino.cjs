/** A dependency in CommonJS that requires a package which the service imports after it. */
exports.pino = require('pino').pino;
