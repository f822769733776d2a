// With `ADAPTER=express` or `ADAPTER=fastify`, compiled to CommonJS.
import 'reflect-metadata';
import {
  type ArgumentsHost,
  Catch,
  Controller,
  Get,
  Injectable,
  Module,
  Param,
  StreamableFile,
  UseGuards,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

const shop = require('./shop.cjs');

@Injectable()
class Guard {
  canActivate(): boolean {
    return shop.refuse();
  }
}

@Controller()
class Orders {
  @Get('orders/:id')
  order(@Param('id') id: string): string {
    return shop.pay(id);
  }

  @Get('fails/:id')
  fails(): void {
    shop.fail();
  }

  @Get('rejects/:id')
  rejects(): Promise<void> {
    return shop.reject();
  }

  @Get('refuses/:id')
  refuses(): void {
    shop.refuse();
  }

  @Get('breaks/:id')
  breaks(): StreamableFile {
    return new StreamableFile(shop.stream());
  }

  @Get('guarded/:id')
  @UseGuards(Guard)
  guarded(): void {
    shop.fail();
  }

  @Get('parts/items/:id')
  item(@Param('id') id: string): string {
    return id;
  }
}

@Controller()
class Api {
  @Get('users/:id')
  user(@Param('id') id: string): string {
    return id;
  }

  @Get('invoices/:id')
  invoice(@Param('id') id: string): string {
    return id;
  }
}

@Catch(shop.Refusal)
class Refusals {
  catch(error: Error, host: ArgumentsHost): void {
    host.switchToHttp().getResponse().status(422).send(error.message);
  }
}

const OUTSIDE = ['orders', 'fails', 'rejects', 'refuses', 'breaks', 'guarded', 'parts/items'].map(
  (path) => `${path}/:id`,
);

@Module({ controllers: [Orders, Api] })
class Shop {}

async function main(): Promise<void> {
  const { FastifyAdapter, ExpressAdapter } = require(`@nestjs/platform-${process.env.ADAPTER}`);
  const adapter = FastifyAdapter ? new FastifyAdapter() : new ExpressAdapter();
  const app = await NestFactory.create(Shop, adapter, { logger: ['error'] });
  app.setGlobalPrefix('api', { exclude: OUTSIDE });
  app.useGlobalFilters(new Refusals());
  await app.listen(0, '127.0.0.1');
  shop.listening(app.getHttpServer());
}

void main();
