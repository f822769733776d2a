// Nest with nestjs-pino and a logger of ours.
require('reflect-metadata');
const { Module, Controller, Get, Logger } = require('@nestjs/common');
const { NestFactory } = require('@nestjs/core');
const { LoggerModule, Logger: PinoLogger } = require('nestjs-pino');
const { createLogger } = require('@moneytrail/logs');

class Orders {
  logger = new Logger('Orders');
  find() {
    this.logger.log({ email: 'ada@example.org', order: 'o_1' }, 'within the request');
    return 'ok';
  }
}
Controller()(Orders);
Get('order')(Orders.prototype, 'find', Object.getOwnPropertyDescriptor(Orders.prototype, 'find'));

class App {}
Module({
  imports: [
    LoggerModule.forRoot({
      pinoHttp: { logger: createLogger(), customProps: () => ({ tenant: 't1' }) },
    }),
  ],
  controllers: [Orders],
})(App);

async function main() {
  const app = await NestFactory.create(App, { bufferLogs: true });
  app.useLogger(app.get(PinoLogger));
  await app.listen(0, '127.0.0.1');
  await (
    await fetch(`${await app.getUrl()}/order`, { headers: { authorization: 'Bearer sk_live_1' } })
  ).text();
  await app.close();
}
void main();
