// Headers that show that somebody forwards the request of somebody else.

/** Words of names that say where the first sender is: `x-forwarded-for`, `via`, `cf-connecting-ip`, `x-azure-socketip`. */
const WORDS =
  /forward(?:ed|er)?(?:-|$)|(?:^|-)via(?:-|$)|(?:client|real|connecting|remote|user|socket|peer|source|originating|viewer|external)-?(?:ip|addr)/i;

/** Beginnings of names that gateways, load balancers and delivery networks give to what they add. */
const GATEWAYS =
  /^(?:x-)?(?:akamai|amz-cf|amzn|apigee|appengine|appgw|arr|azure|cdn|cf|cloudfront|cloud-trace|envoy|fastly|fly|incap|kong|nf|original-(?:host|method|path|proto|uri|url)|proxy|queue-start|railway|request-start|rewrite-url|sucuri|varnish|vercel)(?:-|$)/i;

const MAX_REMEMBERED = 1000;

/** What was found of a name before: names are few and recur. */
const remembered = new Map<string, boolean>();

/** Whether a header shows that a request was forwarded. */
export function isForwarded(headers: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(headers).some(showsForwarding);
}

function showsForwarding(name: string): boolean {
  const known = remembered.get(name);
  if (known !== undefined) return known;
  const found = WORDS.test(name) || GATEWAYS.test(name);
  if (remembered.size < MAX_REMEMBERED && name.length < 100) remembered.set(name, found);
  return found;
}
