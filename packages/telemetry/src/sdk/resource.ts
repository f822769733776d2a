// The resource: what the telemetry of this process describes.
import { dirname } from 'node:path';
import { alibabaCloudEcsDetector } from '@opentelemetry/resource-detector-alibaba-cloud';
import {
  awsBeanstalkDetector,
  awsEc2Detector,
  awsEcsDetector,
  awsEksDetector,
  awsLambdaDetector,
} from '@opentelemetry/resource-detector-aws';
import {
  azureAppServiceDetector,
  azureFunctionsDetector,
  azureVmDetector,
} from '@opentelemetry/resource-detector-azure';
import { containerDetector } from '@opentelemetry/resource-detector-container';
import { gcpDetector } from '@opentelemetry/resource-detector-gcp';
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
import type { ProgramSettings, Settings } from '../config/settings.ts';
import type { DetectorName } from '../config/variables/resource.ts';
import { nearestPackage } from './own-file.ts';

/** The command line may hold passwords, and the owner of the process is a person. */
const NOT_RECORDED = ['process.command', 'process.command_args', 'process.owner'];

const quietProcessDetector: ResourceDetector = {
  detect: () => {
    const { attributes = {} } = processDetector.detect();
    const kept = Object.entries(attributes).filter(([name]) => !NOT_RECORDED.includes(name));
    return { attributes: Object.fromEntries(kept) };
  },
};

const DETECTORS: Readonly<Record<DetectorName, readonly ResourceDetector[]>> = {
  host: [hostDetector],
  os: [osDetector],
  process: [quietProcessDetector],
  serviceinstance: [serviceInstanceIdDetector],
  container: [containerDetector],
  aws: [awsEc2Detector, awsEcsDetector, awsEksDetector, awsBeanstalkDetector, awsLambdaDetector],
  gcp: [gcpDetector],
  azure: [azureAppServiceDetector, azureFunctionsDetector, azureVmDetector],
  alibaba: [alibabaCloudEcsDetector],
  // The last word, because it says what the operator wrote.
  env: [envDetector],
};

/** Detectors that ask nobody outside of the process. */
const USUAL: readonly DetectorName[] = ['host', 'os', 'process', 'serviceinstance', 'env'];

function detectorsOf(names: readonly string[]): ResourceDetector[] {
  if (names.includes('none')) return [];
  const wanted: readonly string[] = names.length > 0 ? names : USUAL;
  return Object.entries(DETECTORS).flatMap(([name, detectors]) =>
    wanted.includes(name) || wanted.includes('all') ? detectors : [],
  );
}

/**
 * What the telemetry says about its origin. Clouds are asked only where `OTEL_NODE_RESOURCE_DETECTORS` names them: that costs
 * seconds at start, and the Collector knows better. Each line wins over those before it.
 */
export function detectResource({ values, detectors, program, components }: Settings): Resource {
  const { serviceName } = values;
  return defaultResource()
    .merge(resourceFromAttributes(entryPackage(program)))
    .merge(resourceFromAttributes(deployment(program)))
    .merge(detectResources({ detectors: detectorsOf(detectors) }))
    .merge(serviceName ? resourceFromAttributes({ 'service.name': serviceName }) : null)
    .merge(components.resource ?? null);
}

function deployment({ environment }: ProgramSettings): Record<string, string> {
  return environment ? { 'deployment.environment.name': environment } : {};
}

/** Name and version of the package that the entry point belongs to, where they are known. */
function entryPackage({ entryPoint }: ProgramSettings): Record<string, string> {
  const found = nearestPackage(dirname(entryPoint ?? process.cwd()));
  return {
    ...(found && { 'service.name': found.name }),
    ...(found?.version && { 'service.version': found.version }),
  };
}
