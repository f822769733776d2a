/** What a file is in which a configuration lies, and what that means for the configuration. */
import type { YamlNode } from '../yaml-node.ts';

/** What reads the file first: Kubernetes, Docker Compose, Helm (whose charts add to what it says), or a program that is not known. */
export type HostKind = 'kubernetes' | 'compose' | 'helm' | 'file';

/** Where a configuration lies inside a file. */
export interface Place {
  readonly host: HostKind;
  /** As `ConfigMap otel-conf: data["relay.yaml"]`. */
  readonly where: string;
  /** The line of the key that it stands under. */
  readonly line: number;
  /** Whether the chart adds to it, its own configuration or presets: what is missing here may come from there. */
  readonly isMerged: boolean;
  /** Why it is not in force, where that is so. */
  readonly unread?: string;
}

/** A key of a map or an index of a list. */
export type PathKey = string | number;

/** What a document is. */
export interface Host {
  readonly kind: HostKind;
  /** As `ConfigMap otel-conf`. */
  readonly name: string;
}

/** Under these keys objects of Argo CD and Flux hold the values of a chart. */
const VALUES_KEYS: readonly PathKey[] = ['values', 'valuesObject', 'valuesInline'];

/** Says what a document is, by its own keys. */
export function hostOf(node: YamlNode): Host {
  const [kind, version] = [textAt(node, 'kind'), textAt(node, 'apiVersion')];
  if (kind !== undefined && version !== undefined) {
    const name = textAt(node.entries?.get('metadata'), 'name');
    return { kind: 'kubernetes', name: name === undefined ? kind : `${kind} ${name}` };
  }
  const isCompose = node.entries?.get('services')?.entries !== undefined;
  return { kind: isCompose ? 'compose' : 'file', name: '' };
}

/** What the place at a path of a document is; `parent` is the map that it is in. */
export function placeAt(
  host: Host,
  path: readonly PathKey[],
  line: number,
  parent: YamlNode | undefined,
  isMap: boolean,
): Place {
  const key = path.at(-1);
  const isOfHelm =
    host.kind === 'file' ||
    (host.kind === 'kubernetes' && path.some((one) => VALUES_KEYS.includes(one)));
  const isOfChart = isOfHelm && isMap && key === 'config';
  const unread = isOfChart ? reasonUnread(parent) : undefined;
  return {
    host: isOfChart || (isOfHelm && key === 'alternateConfig') ? 'helm' : host.kind,
    where: [host.name, shownPath(path)].filter((part) => part !== '').join(': '),
    line,
    isMerged: isOfChart || (key === 'alternateConfig' && parent?.entries?.has('presets') === true),
    ...(unread !== undefined && { unread }),
  };
}

/** `data["relay.yaml"]`, `items[0].config`. */
export function shownPath(path: readonly PathKey[]): string {
  return path.reduce<string>((shown, key) => {
    if (typeof key === 'number') return `${shown}[${key}]`;
    if (!/^[\w/-]+$/.test(key)) return `${shown}[${JSON.stringify(key)}]`;
    return shown === '' ? key : `${shown}.${key}`;
  }, '');
}

/** What else in the values keeps the chart `opentelemetry-collector` from using `config`. */
function reasonUnread(values: YamlNode | undefined): string | undefined {
  if ((values?.entries?.get('alternateConfig')?.entries?.size ?? 0) > 0)
    return '`alternateConfig` is set, and stands instead of `config`';
  const map = values?.entries?.get('configMap');
  if (map?.entries?.get('create')?.value === false)
    return '`configMap.create` is false: the chart makes no configuration of `config`';
  const name = textAt(map, 'existingName');
  return name === undefined ? undefined : `the chart takes the ConfigMap \`${name}\` instead`;
}

function textAt(node: YamlNode | undefined, key: string): string | undefined {
  const written = node?.entries?.get(key)?.written;
  return written === '' ? undefined : written;
}
