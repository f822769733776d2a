import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  defaultResource,
  detectResources,
  envDetector,
  hostDetector,
  osDetector,
  processDetector,
  type Resource,
  type ResourceDetector,
  resourceFromAttributes,
  serviceInstanceIdDetector,
} from '@opentelemetry/resources';
import type { Settings } from './settings.ts';

/** The command line may hold passwords, and the owner of the process is a person. */
const NOT_RECORDED = ['process.command', 'process.command_args', 'process.owner'];

const quietProcessDetector: ResourceDetector = {
  detect: () => {
    const { attributes = {} } = processDetector.detect();
    const kept = Object.entries(attributes).filter(([name]) => !NOT_RECORDED.includes(name));
    return { attributes: Object.fromEntries(kept) };
  },
};

/**
 * What the telemetry says about its origin. Clouds are not asked: that costs seconds at start, and the Collector knows
 * better. Each line wins over those before it.
 */
export function detectResource({ values }: Settings): Resource {
  const { serviceName } = values;
  return defaultResource()
    .merge(resourceFromAttributes(nearestPackage(dirname(process.argv[1] ?? process.cwd()))))
    .merge(resourceFromAttributes(deployment(process.env['NODE_ENV'])))
    .merge(
      detectResources({
        detectors: [
          hostDetector,
          osDetector,
          quietProcessDetector,
          serviceInstanceIdDetector,
          envDetector,
        ],
      }),
    )
    .merge(serviceName ? resourceFromAttributes({ 'service.name': serviceName }) : null);
}

function deployment(environment: string | undefined): Record<string, string> {
  return environment ? { 'deployment.environment.name': environment } : {};
}

/** Name and version of the package that the entry point belongs to, as far as it tells them. */
function nearestPackage(folder: string): Record<string, string> {
  const found = readPackage(folder);
  if (found !== undefined) return found;
  const parent = dirname(folder);
  return parent === folder ? {} : nearestPackage(parent);
}

function readPackage(folder: string): Record<string, string> | undefined {
  try {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    if (typeof name !== 'string') return undefined;
    return {
      'service.name': name,
      ...(typeof version === 'string' && { 'service.version': version }),
    };
  } catch {
    return undefined;
  }
}
