// The frameworks whose routes and errors are seen by what is in this folder, by the names that the variables of OpenTelemetry give them.
import {
  InstrumentationBase,
  type InstrumentationConfig,
  type InstrumentationNodeModuleDefinition,
} from '@opentelemetry/instrumentation';
import type { InstrumentationSettings } from '../../config/settings.ts';
import { expressModules } from './express.ts';
import { watchFastify } from './fastify.ts';
import { hapiModules } from './hapi.ts';
import { honoModules } from './hono.ts';
import { koaModules } from './koa.ts';
import { nestModules } from './nest.ts';
import type { Requests } from './requests.ts';

type Modules = (requests: Requests) => InstrumentationNodeModuleDefinition[];

const MODULES: Readonly<Record<string, Modules>> = {
  express: expressModules,
  'nestjs-core': nestModules,
  koa: koaModules,
  hono: honoModules,
  hapi: hapiModules,
};

interface Config extends InstrumentationConfig {
  readonly definitions: InstrumentationNodeModuleDefinition[];
}

/** Module hooks of our own. They make no telemetry by themselves, so nobody asks for their version. */
class ModuleHooks extends InstrumentationBase<Config> {
  constructor(definitions: InstrumentationNodeModuleDefinition[]) {
    super('@moneytrail/telemetry', '', { definitions });
  }

  protected override init(): InstrumentationNodeModuleDefinition[] {
    return this.getConfig().definitions;
  }
}

/** Watches the frameworks that the variables of the environment do not switch off. */
export function watchFrameworks(
  requests: Requests,
  { enabled, disabled }: InstrumentationSettings,
): InstrumentationBase {
  const isOn = (name: string): boolean =>
    !disabled.includes(name) && (enabled.length === 0 || enabled.includes(name));
  if (isOn('fastify')) watchFastify(requests);
  const modules = Object.entries(MODULES).filter(([name]) => isOn(name));
  return new ModuleHooks(modules.flatMap(([, modulesOf]) => modulesOf(requests)));
}
