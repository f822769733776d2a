// A route that throws.
export async function GET() {
  throw new TypeError('no such order');
}
