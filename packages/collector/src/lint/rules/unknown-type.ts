/** Why a Collector does not know the type of a component. */
import { isKnownType } from '../../ids/known.ts';
import { RENAMED_COMPONENTS, typeOf } from '../../ids/renamed.ts';
import { isSince } from '../../ids/version.ts';
import type { Component } from '../config-view.ts';

/** Components without which an old configuration no longer starts. */
const REMOVED: Readonly<Record<string, string>> = {
  'exporters.logging': 'removed in 0.111.0: use `debug`',
  'exporters.loki': 'removed in 0.131.0: send OTLP to `http://loki:3100/otlp` with `otlp_http`',
  'extensions.memory_ballast': 'removed in 0.108.0: set GOMEMLIMIT and `memory_limiter`',
  'extensions.healthcheckv2': 'never in a distribution of the Collector: use `health_check`',
};

/** What a Collector of this version says to the component, or `undefined` where it knows it. */
export function reasonUnknown({ kind, id }: Component, minor: number): string | undefined {
  const type = typeOf(id);
  const removed = REMOVED[`${kind}.${type}`];
  if (removed !== undefined)
    return `\`${type}\` was ${removed}`.replace('was never', 'is not and was never');
  const renamed = RENAMED_COMPONENTS.find((one) => one.kind === kind && one.now === type);
  if (renamed !== undefined && !isSince(minor, renamed.since))
    return `\`${type}\` is known since ${renamed.since}; a Collector 0.${minor} calls it \`${renamed.old}\``;
  return isKnownType(kind, type)
    ? undefined
    : `\`${type}\` is not among the ${kind} of the Collector`;
}
