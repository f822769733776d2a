// NestJS with PostgreSQL, compiled to CommonJS. Its hooks send the signal again.
import 'reflect-metadata';
import { createLogger } from '@moneytrail/logs';
import { Controller, Get, Injectable, Module, Param } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Pool } from 'pg';

const shop = require('./shop.cjs');
const log = createLogger();

@Injectable()
class Database {
  readonly #pool = new Pool({ connectionString: process.env.DATABASE_URL });

  async read(): Promise<void> {
    await this.#pool.query(shop.TABLES);
  }
}

@Controller()
class Orders {
  constructor(private readonly database: Database) {}

  @Get('orders/:id')
  async order(@Param('id') id: string): Promise<string> {
    await this.database.read();
    log.info('by ours');
    return shop.order(id);
  }

  @Get('fails/:id')
  fail(): void {
    shop.fail();
  }
}

@Module({ controllers: [Orders], providers: [Database] })
class Shop {}

async function main(): Promise<void> {
  const app = await NestFactory.create(Shop, { logger: ['error'] });
  app.enableShutdownHooks();
  await app.listen(0, '127.0.0.1');
  shop.listening(app.getHttpServer());
}

void main();
