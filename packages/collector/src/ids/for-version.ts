/** Converts a configuration to the ids of another version. */
import { codedError } from '@moneytrail/catalogue';
import { type Document, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { ERRORS } from '../errors.ts';
import {
  COMPONENT_KINDS,
  type ComponentKind,
  newestType,
  RENAMED_COMPONENTS,
  typeOf,
} from './renamed.ts';
import { SETTINGS_SINCE, type SettingSince } from './settings-since.ts';
import { isSince, parseVersion } from './version.ts';

/**
 * A configuration for another version of the Collector: with the ids of that version, and with comments. Throws for an
 * invalid or unknown version, and for a setting that the version does not support.
 *
 * @example
 * ```ts
 * import { configForVersion, profile, toYaml } from '@moneytrail/collector';
 *
 * const older = configForVersion(toYaml(profile('single')), '0.150.0');
 * console.log(older.includes('spanmetrics:')); // true: `span_metrics` came with 0.151.0
 * ```
 */
export function configForVersion(text: string, version: string): string {
  const minor = parseVersion(version);
  const document = parseDocument(text);
  for (const kind of COMPONENT_KINDS) {
    for (const id of idsOf(document, kind)) refuseNewer(document, kind, id, version, minor);
  }
  for (const kind of COMPONENT_KINDS) {
    for (const id of idsOf(document, kind)) {
      const renamed = RENAMED_COMPONENTS.find((one) => one.kind === kind && one.now === typeOf(id));
      if (renamed === undefined || isSince(minor, renamed.since)) continue;
      rename(document, kind, id, id.replace(renamed.now, renamed.old));
    }
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: false, nullStr: '' });
}

function idsOf(document: Document, kind: ComponentKind): string[] {
  const section = document.get(kind);
  if (!isMap(section)) return [];
  return section.items.map(({ key }) => String(isScalar(key) ? key.value : key));
}

function refuseNewer(
  document: Document,
  kind: ComponentKind,
  id: string,
  version: string,
  minor: number,
): void {
  const type = newestType(kind, typeOf(id));
  const newer = SETTINGS_SINCE.find(
    (one) => concerns(one, kind, type) && !isSince(minor, one.since) && isUsed(document, id, one),
  );
  if (newer === undefined) return;
  const path = [kind, id, ...newer.path].join('.');
  throw codedError(ERRORS, 'MONEYTRAIL_COLLECTOR_TOO_OLD', {
    version,
    setting: path,
    since: newer.since,
  });
}

function concerns(setting: SettingSince, kind: ComponentKind, type: string): boolean {
  return setting.kind === kind && (setting.type === '*' || setting.type === type);
}

function isUsed(document: Document, id: string, { kind, path, value }: SettingSince): boolean {
  const found: unknown = document.getIn([kind, id, ...path]);
  return found !== undefined && (value === undefined || value.test(String(found)));
}

/** Renames a component in its definition and in the pipelines. */
function rename(document: Document, kind: ComponentKind, id: string, to: string): void {
  for (const { key } of pairsOf(document.get(kind))) renameScalar(key, id, to);
  for (const { value: pipeline } of pairsOf(document.getIn(['service', 'pipelines']))) {
    for (const list of kind === 'connectors' ? ['receivers', 'exporters'] : [kind])
      renameInList(isMap(pipeline) ? pipeline.get(list) : undefined, id, to);
  }
}

function pairsOf(node: unknown): readonly { readonly key: unknown; readonly value: unknown }[] {
  return isMap(node) ? node.items : [];
}

function renameScalar(node: unknown, id: string, to: string): void {
  if (isScalar(node) && node.value === id) node.value = to;
}

function renameInList(list: unknown, id: string, to: string): void {
  for (const item of isSeq(list) ? list.items : []) renameScalar(item, id, to);
}
