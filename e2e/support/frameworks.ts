/** Two installations that many services share: the latest frameworks, and older versions that are still in use. */
import { execFileSync } from 'node:child_process';
import { ROOT } from '../../tools/repository.ts';
import { installed } from './installed.ts';

const COMMON = {
  'koa-mount': '4.2.0',
  'reflect-metadata': '0.2.2',
  rxjs: '7.8.2',
  '@opentelemetry/api': '1.10.0',
};

const DEPENDENCIES = {
  newest: {
    '@hapi/hapi': '21.4.10',
    '@hono/node-server': '2.1.9',
    '@koa/router': '15.7.0',
    '@nestjs/common': '12.5.1',
    '@nestjs/core': '12.5.1',
    '@nestjs/platform-express': '12.5.1',
    '@nestjs/platform-fastify': '12.5.0',
    express: '5.3.0',
    fastify: '5.12.8',
    hono: '4.13.19',
    koa: '3.3.0',
  },
  before: {
    '@hapi/hapi': '21.3.0',
    '@hono/node-server': '1.13.0',
    '@nestjs/common': '11.1.0',
    '@nestjs/core': '11.1.0',
    '@nestjs/platform-express': '11.1.0',
    '@nestjs/platform-fastify': '11.1.0',
    express: '4.21.0',
    fastify: '4.29.1',
    hono: '4.6.0',
    koa: '2.16.4',
    'koa-router': '12.0.1',
  },
};

/** Installs a set of frameworks with the services of `e2e/services/frameworks`; returns the folder. */
export function installedFrameworks(time: keyof typeof DEPENDENCIES): string {
  const folder = installed({
    dependencies: { ...COMMON, ...DEPENDENCIES[time] },
    sources: 'e2e/services/frameworks',
  });
  compile(folder);
  return folder;
}

/** Compiles the Nest service in a folder. */
export function compile(folder: string): void {
  execFileSync(`${ROOT}node_modules/.bin/tsc`, COMPILED, { cwd: folder, stdio: 'inherit' });
}

/** Compiles like `nest build`, without checking types. */
const COMPILED = [
  'nest.ts',
  '--ignoreConfig',
  '--noCheck',
  '--experimentalDecorators',
  '--emitDecoratorMetadata',
  ...['--target', 'es2022'],
  ...['--module', 'node20'],
  ...['--outDir', '.'],
];
