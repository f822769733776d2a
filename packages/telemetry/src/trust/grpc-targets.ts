// Whom a client of gRPC deals with.

interface Channel {
  getTarget(): string;
}

const remembered = new WeakMap<object, readonly string[]>();

/** The hosts that a client's calls are seen by. They stay the same as long as the channel does. */
export function targetsOfClient(client: object): readonly string[] {
  const getChannel: (() => Channel) | undefined = Reflect.get(client, 'getChannel');
  const channel = getChannel?.call(client);
  if (channel === undefined) return [''];
  const known = remembered.get(channel);
  if (known) return known;
  const targets = targetsOfChannel(channel);
  remembered.set(channel, targets);
  return targets;
}

/**
 * Behind a proxy, the public target is the proxy. The host that it shall connect to, and the name that the service is asked under, are
 * found inside; a channel that does not show them may lead anywhere.
 */
function targetsOfChannel(channel: Channel): string[] {
  const inner: object = Reflect.get(channel, 'internalChannel') ?? channel;
  const authority: unknown = Reflect.get(inner, 'defaultAuthority');
  const behind: unknown = Reflect.get(
    Object(Reflect.get(inner, 'options')),
    'grpc.http_connect_target',
  );
  return [
    ...hostsOf(channel.getTarget()),
    typeof authority === 'string' ? authority : '',
    ...(typeof behind === 'string' ? hostsOf(behind) : []),
  ];
}

/** The hosts of a target such as `dns:payments:50051` or `ipv4:10.0.0.7:50051,10.0.0.8:50051`; an unknown scheme may lead anywhere. */
function hostsOf(target: string): string[] {
  const [, scheme = '', path = ''] = /^([\w+.-]+):(?:\/\/[^/]*\/)?(.+)$/.exec(target) ?? [];
  if (scheme === 'dns') return [path];
  if (scheme === 'ipv4' || scheme === 'ipv6') return path.split(',');
  return [scheme.startsWith('unix') ? 'localhost' : ''];
}
