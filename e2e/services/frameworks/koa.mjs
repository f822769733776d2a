// Koa and its router, imported.
import Router from '@koa/router';
import Koa from 'koa';
import serve from './koa.cjs';

serve(Koa, Router);
