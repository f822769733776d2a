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
/** Those without a health check, and why. */
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

  it('have a whole version as their tag', () => {
    const tags = [...Object.values(components), ...Object.values(images)].map(
      ({ image }) => image.split(':')[1],
    );
    expect(tags.filter((tag = '') => !/^v?\d+\.\d+(\.\d+)?(-[a-z-]+)?$/.test(tag))).toEqual([]);
  });

  it('of the example is made of the Node.js that the repository is tested with', () => {
    const bases = [...DOCKERFILE.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
    expect(new Set(bases)).toEqual(new Set([images['node']?.image]));
    expect(images['node']?.image).toContain(`node:${PACKAGE.devDependencies.node}-`);
  });

  it('of the example knows every workspace, as its lock file does', () => {
    const copied = [...DOCKERFILE.matchAll(/^COPY (\S+)\/package\.json \1\/$/gm)];
    expect(copied.map(([, folder]) => folder)).toEqual(PACKAGE.workspaces);
  });
});

describe.each(NAMES)('the service %s', (name) => {
  const service = serviceOf(name);

  it('has nothing that it could do without', () => {
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

  it('is published on this machine alone', () => {
    const others = (service.ports ?? []).filter(
      (port) => !/^127\.0\.0\.1:[^:]+:-\d+\}:\d+$/.test(port),
    );
    expect(others).toEqual([]);
    expect(service.network_mode).not.toBe('host');
  });

  it('mounts files that exist, for reading', () => {
    for (const mount of service.volumes ?? []) {
      if (mount.type === 'volume') expect(VOLUMES).toContain(mount.source);
      else {
        expect({ path: mount.source, there: existsSync(ROOT + mount.source) }).toMatchObject({
          there: true,
        });
        // Otherwise Docker would make a folder in the place of a missing file.
        expect(mount).toMatchObject({ read_only: true, bind: { create_host_path: false } });
      }
    }
  });

  it('is asked for its health, or there is a reason', () => {
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

describe.each(LASTING)('the lasting service %s', (name) => {
  const service = serviceOf(name);

  it('is not root, holds no capability and comes back', () => {
    expect(service.user).toMatch(/^[1-9]\d*:\d+$/);
    expect(service.cap_add).toBeUndefined();
    expect(service.restart).toBe('unless-stopped');
  });

  it('tells Go, where it is Go, four fifths of its memory', () => {
    const limit = service.environment?.['GOMEMLIMIT'];
    const isGo = name in components || name === 'grafana';
    const expected = `${Math.floor(Number.parseInt(service.mem_limit ?? '', 10) * 0.8)}MiB`;
    expect(limit).toBe(isGo ? expected : undefined);
  });
});

it('only what prepares is root: once, with one capability and without a network', () => {
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

  it('has none that collector-config.yaml does not read', () => {
    const names = new Set(used.map(([, name]) => name));
    expect(Object.keys(passed).filter((name) => name !== 'GOMEMLIMIT' && !names.has(name))).toEqual(
      [],
    );
  });

  it('lets it be reached from other containers', () => {
    expect(passed['MONEYTRAIL_LISTEN_HOST']).toBe('0.0.0.0');
  });
});

describe('.env.example', () => {
  const text = read('.env.example');
  const secrets = [...text.matchAll(/^([A-Z_]+)=$/gm)].map(([, name]) => name);
  const defaults = [...text.matchAll(/^#([A-Z_]+)=(.+)$/gm)].map(
    ([, name, value]) => `${name}:-${value}`,
  );

  it('names every secret, each of which Compose refuses to be without', () => {
    const required = [...COMPOSE_TEXT.matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name);
    expect(secrets.toSorted()).toEqual(required.toSorted());
  });

  it('names every other setting with its default', () => {
    const settings = [...COMPOSE_TEXT.matchAll(/\$\{(\w+:-[^}]+)\}/g)].map(
      ([, setting]) => setting,
    );
    const known = new Set(defaults);
    expect([...new Set(settings)].filter((setting = '') => !known.has(setting))).toEqual([]);
    expect(defaults.filter((setting) => !settings.includes(setting))).toEqual([]);
  });
});
