// Hono, imported. With `HONO=hono`, `hono/tiny` or `hono/quick`.
import start from './hono.cjs';

const { Hono } = await import(process.env.HONO);
start(Hono);
