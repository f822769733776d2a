import { existsSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { COMPOSE_TEXT, SERVICES, serviceOf, VOLUMES } from './compose.ts';
import { ROOT, read } from './repository.ts';

interface Part {
  readonly image: string;
  readonly flags?: readonly string[];
}

const {
  components,
  images,
}: Record<'components' | 'images', Record<string, Part>> = JSON.parse(
  read('dev/stack/components.json'),
);
const PACKAGE = JSON.parse(read('package.json'));
const EXAMPLE = JSON.parse(read('examples/creator-platform/package.json'));
const DOCKERFILE = read('examples/creator-platform/Dockerfile');
const NAMES = [...SERVICES.keys()];
const LASTING = NAMES.filter((name) => name !== 'prepare');
/** Services without a health check, and the reason. */
const UNASKED = {
  prepare: 'ends before the others start',
  driver: 'listens nowhere; it is restarted when it ends',
};

describe('the images of the compose file', () => {
  it('are those of components.json, and the one that is built here', () => {
    const known = [...Object.values(components), ...Object.values(images)].map(
      ({ image }) => image,
    );
    const own = `moneytrail/example-creator-platform:${EXAMPLE.version}`;
    const used = [...SERVICES.values()].map(({ image }) => image);
    expect(used.filter((image) => !known.includes(image) && image !== own)).toEqual([]);
  });

  it.each(Object.entries(components))('%s runs with the flags of components.json', (name, part) => {
    expect(serviceOf(name).image).toBe(part.image);
    expect(serviceOf(name).command).toEqual(expect.arrayContaining([...(part.flags ?? [])]));
  });

  it('have a complete version as their tag', () => {
    const tags = [...Object.values(components), ...Object.values(images)].map(
      ({ image }) => image.split(':')[1],
    );
    expect(tags.filter((tag = '') => !/^v?\d+\.\d+(\.\d+)?(-[a-z-]+)?$/.test(tag))).toEqual([]);
  });

  it('of the example has the Node.js version of the tests', () => {
    const bases = [...DOCKERFILE.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
    expect(new Set(bases)).toEqual(new Set([images['node']?.image]));
    expect(images['node']?.image).toContain(`node:${PACKAGE.devDependencies.node}-`);
  });

  it('of the example contains every workspace of the lock file', () => {
    const copied = [...DOCKERFILE.matchAll(/^COPY (\S+)\/package\.json \1\/$/gm)];
    expect(copied.map(([, folder]) => folder)).toEqual(PACKAGE.workspaces);
  });
});

describe.each(NAMES)('the service %s', (name) => {
  const service = serviceOf(name);

  it('has no unnecessary settings', () => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      pids_limit: expect.any(Number),
      logging: { options: { 'max-size': '10m', 'max-file': '3' } },
    });
    expect(service.privileged).toBeUndefined();
    expect(service.mem_limit).toMatch(/^\d+m$/);
  });

  it('is published on the loopback interface only', () => {
    const others = (service.ports ?? []).filter(
      (port) => !/^127\.0\.0\.1:[^:]+:-\d+\}:\d+$/.test(port),
    );
    expect(others).toEqual([]);
    expect(service.network_mode).not.toBe('host');
  });

  it('mounts existing files, read-only', () => {
    for (const mount of service.volumes ?? []) {
      if (mount.type === 'volume') expect(VOLUMES).toContain(mount.source);
      else {
        expect({ path: mount.source, there: existsSync(ROOT + mount.source) }).toMatchObject({
          there: true,
        });
        // Otherwise Docker would create a folder in place of a missing file.
        expect(mount).toMatchObject({ read_only: true, bind: { create_host_path: false } });
      }
    }
  });

  it('has a health check, or a reason for none', () => {
    const reason: string | undefined = Reflect.get(UNASKED, name);
    expect(service.healthcheck === undefined).toBe(reason !== undefined);
    if (!service.healthcheck?.test[1]?.startsWith('/probe/')) return;
    const probe = { type: 'volume', source: 'probe', target: '/probe', read_only: true };
    expect(service.volumes).toContainEqual(probe);
    expect(service.depends_on).toMatchObject({
      prepare: { condition: 'service_completed_successfully' },
    });
  });
});

describe.each(LASTING)('the long-running service %s', (name) => {
  const service = serviceOf(name);

  it('is not root, has no capabilities and restarts', () => {
    expect(service.user).toMatch(/^[1-9]\d*:\d+$/);
    expect(service.cap_add).toBeUndefined();
    expect(service.restart).toBe('unless-stopped');
  });

  it('sets the memory limit of Go to four fifths of its memory', () => {
    const limit = service.environment?.['GOMEMLIMIT'];
    const isGo = name in components || name === 'grafana';
    const expected = `${Math.floor(Number.parseInt(service.mem_limit ?? '', 10) * 0.8)}MiB`;
    expect(limit).toBe(isGo ? expected : undefined);
  });
});

it('only the preparation runs as root: once, with one capability and without a network', () => {
  expect(serviceOf('prepare')).toMatchObject({
    user: '0:0',
    restart: 'no',
    network_mode: 'none',
    cap_add: ['CHOWN'],
  });
});

it('prepares every volume that another service writes', () => {
  const ofOthers = LASTING.flatMap((name) => serviceOf(name).volumes ?? []);
  const written = ofOthers.filter(({ type, read_only }) => type === 'volume' && !read_only);
  const script = read('deploy/compose/prepare.sh');
  const owners = [...script.matchAll(/^chown (\S+) (.+)$/gm)].flatMap(([, user, folders = '']) =>
    folders.split(' ').map((folder) => [folder.replace('/volumes/', ''), user] as const),
  );
  const writers = LASTING.flatMap((name) =>
    (serviceOf(name).volumes ?? [])
      .filter((mount) => written.includes(mount))
      .map(({ source }) => [source, serviceOf(name).user] as const),
  );
  expect(Object.fromEntries(owners)).toEqual(Object.fromEntries(writers));
});

describe('the environment of the Collector', () => {
  const passed = serviceOf('collector').environment ?? {};
  const used = [...read('collector-config.yaml').matchAll(/\$\{env:(\w+)(:-)?/g)];

  it('has every variable of collector-config.yaml that has no default', () => {
    const needed = used.filter(([, , hasDefault]) => !hasDefault).map(([, name]) => name);
    expect(needed.filter((name = '') => !(name in passed))).toEqual([]);
  });

  it('has no variable that collector-config.yaml does not read', () => {
    const names = new Set(used.map(([, name]) => name));
    expect(Object.keys(passed).filter((name) => name !== 'GOMEMLIMIT' && !names.has(name))).toEqual(
      [],
    );
  });

  it('makes it reachable from other containers', () => {
    expect(passed['MONEYTRAIL_LISTEN_HOST']).toBe('0.0.0.0');
  });
});

describe('.env.example', () => {
  const text = read('.env.example');
  const secrets = [...text.matchAll(/^([A-Z_]+)=$/gm)].map(([, name]) => name);
  const defaults = [...text.matchAll(/^#([A-Z_]+)=(.+)$/gm)].map(
    ([, name, value]) => `${name}:-${value}`,
  );

  it('lists every secret; Compose requires each of them', () => {
    const required = [...COMPOSE_TEXT.matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name);
    expect(secrets.toSorted()).toEqual(required.toSorted());
  });

  it('lists every other setting with its default', () => {
    const settings = [...COMPOSE_TEXT.matchAll(/\$\{(\w+:-[^}]+)\}/g)].map(
      ([, setting]) => setting,
    );
    const known = new Set(defaults);
    expect([...new Set(settings)].filter((setting = '') => !known.has(setting))).toEqual([]);
    expect(defaults.filter((setting) => !settings.includes(setting))).toEqual([]);
  });
});
