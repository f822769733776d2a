// A route outside of Node.js, which telemetry must ignore.
export const runtime = 'edge';

export const GET = () => new Response('edge');
