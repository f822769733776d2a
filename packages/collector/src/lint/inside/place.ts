/** Recognizes the kind of file that contains a configuration, and its effect on the configuration. */
import type { YamlNode } from '../yaml-node.ts';

/** The program that reads the file first: Kubernetes, Docker Compose, Helm (whose charts add to it), or an unknown one. */
export type HostKind = 'kubernetes' | 'compose' | 'helm' | 'file';

/** The place of a configuration inside a file. */
export interface Place {
  readonly host: HostKind;
  /** For example `ConfigMap otel-conf: data["relay.yaml"]`. */
  readonly where: string;
  /** The line of its key. */
  readonly line: number;
  /** Whether a chart adds its own configuration or presets, so that missing parts may come from there. */
  readonly isMerged: boolean;
  /** Why it is not in effect, if so. */
  readonly unread?: string;
}

/** A key of a map or an index of a list. */
export type PathKey = string | number;

/** The kind of a document. */
export interface Host {
  readonly kind: HostKind;
  /** For example `ConfigMap otel-conf`. */
  readonly name: string;
}

/** Keys of Argo CD and Flux objects that contain Helm values. */
const VALUES_KEYS: readonly PathKey[] = ['values', 'valuesObject', 'valuesInline'];

/** Recognizes a document by its keys. */
export function hostOf(node: YamlNode): Host {
  const [kind, version] = [textAt(node, 'kind'), textAt(node, 'apiVersion')];
  if (kind !== undefined && version !== undefined) {
    const name = textAt(node.entries?.get('metadata'), 'name');
    return { kind: 'kubernetes', name: name === undefined ? kind : `${kind} ${name}` };
  }
  const isCompose = node.entries?.get('services')?.entries !== undefined;
  return { kind: isCompose ? 'compose' : 'file', name: '' };
}

/** The place at a path of a document. `parent` is the map that contains it. */
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

/** Formats a path: `data["relay.yaml"]`, `items[0].config`. */
export function shownPath(path: readonly PathKey[]): string {
  return path.reduce<string>((shown, key) => {
    if (typeof key === 'number') return `${shown}[${key}]`;
    if (!/^[\w/-]+$/.test(key)) return `${shown}[${JSON.stringify(key)}]`;
    return shown === '' ? key : `${shown}.${key}`;
  }, '');
}

function textAt(node: YamlNode | undefined, key: string): string | undefined {
  const written = node?.entries?.get(key)?.written;
  return written === '' ? undefined : written;
}

/** Values that keep the chart `opentelemetry-collector` from using `config`. */
function reasonUnread(values: YamlNode | undefined): string | undefined {
  if ((values?.entries?.get('alternateConfig')?.entries?.size ?? 0) > 0)
    return '`alternateConfig` is set and replaces `config`';
  const map = values?.entries?.get('configMap');
  if (map?.entries?.get('create')?.value === false)
    return '`configMap.create` is false: the chart does not use `config`';
  const name = textAt(map, 'existingName');
  return name === undefined ? undefined : `the chart uses the ConfigMap \`${name}\` instead`;
}
