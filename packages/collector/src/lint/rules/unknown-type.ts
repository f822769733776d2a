/** Why a Collector does not have the type of a component. */
import { isKnownType } from '../../ids/known.ts';
import { RENAMED_COMPONENTS, typeOf } from '../../ids/renamed.ts';
import { isSince } from '../../ids/version.ts';
import type { Component } from '../config-view.ts';

/** Components that were removed. */
const REMOVED: Readonly<Record<string, string>> = {
  'exporters.logging': 'removed in 0.111.0: use `debug`',
  'exporters.loki': 'removed in 0.131.0: send OTLP to `http://loki:3100/otlp` with `otlp_http`',
  'extensions.memory_ballast': 'removed in 0.108.0: set GOMEMLIMIT and `memory_limiter`',
  'extensions.healthcheckv2': 'never part of a distribution of the Collector: use `health_check`',
};

/** Why a Collector of this version rejects the component, or `undefined` if it has it. */
export function reasonUnknown({ kind, id }: Component, minor: number): string | undefined {
  const type = typeOf(id);
  const removed = REMOVED[`${kind}.${type}`];
  if (removed !== undefined)
    return `\`${type}\` was ${removed}`.replace('was never', 'is not and was never');
  const renamed = RENAMED_COMPONENTS.find((one) => one.kind === kind && one.now === type);
  if (renamed !== undefined && !isSince(minor, renamed.since))
    return `\`${type}\` exists since ${renamed.since}; in a Collector 0.${minor} it is named \`${renamed.old}\``;
  return isKnownType(kind, type)
    ? undefined
    : `\`${type}\` is not one of the ${kind} of the Collector`;
}
