// Loggers that are not ours, each with the same secrets.
require('@moneytrail/telemetry/register');
const bunyan = require('bunyan');
const log4js = require('log4js');
const loglevel = require('loglevel');
const pino = require('pino');
const winston = require('winston');

const secrets = {
  email: 'ada@example.org',
  password: 'hunter2',
  authorization: 'Bearer sk_live_1',
};
bunyan.createLogger({ name: 'svc' }).info(secrets, 'signed in by ada@example.org');
winston.createLogger({ transports: [new winston.transports.Console()] }).info('signed in', secrets);
pino().info(secrets, 'signed in by ada@example.org');
Object.assign(log4js.getLogger(), { level: 'info' }).info('signed in', secrets);
loglevel.warn('signed in', secrets);
console.log('signed in', secrets);
