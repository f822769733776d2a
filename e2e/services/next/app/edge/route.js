// A route outside of Node.js, which the telemetry must leave alone.
export const runtime = 'edge';

export const GET = () => new Response('edge');
