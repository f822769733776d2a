/** Receivers of data from services, and the first processors. */
import { ENV } from '../env.ts';
import { explain } from '../explain.ts';
import type { BearerToken, HealthCheck } from '../model/extensions.ts';
import type { MemoryLimiter, Resource } from '../model/processors.ts';
import type { OtlpReceiver } from '../model/receivers.ts';

const AUTH = { authenticator: 'bearertokenauth/ingest' } as const;

/** OTLP over gRPC and HTTP, for senders with the token. */
export const otlp: OtlpReceiver = {
  protocols: {
    grpc: {
      endpoint: `${ENV.listenHost}:${ENV.otlpGrpcPort}`,
      max_recv_msg_size_mib: 16,
      auth: AUTH,
    },
    http: explain(
      {
        endpoint: `${ENV.listenHost}:${ENV.otlpHttpPort}`,
        max_request_body_size: 20971520,
        auth: AUTH,
        cors: { allowed_origins: [ENV.rumOrigin], allowed_headers: ['*'] },
      },
      { cors: 'Browser SDKs send from these origins.' },
    ),
  },
};

/** Authentication of senders. */
export const ingestToken: BearerToken = explain(
  { token: ENV.ingestToken },
  { token: 'No default: without the variable, the Collector does not start.' },
);

/** For health probes of the platform. */
export const healthCheck: HealthCheck = { endpoint: `${ENV.listenHost}:${ENV.healthPort}` };

/** The first processor of every receiving pipeline. */
export const memoryLimiter: MemoryLimiter = explain(
  { check_interval: '1s', limit_percentage: 75, spike_limit_percentage: 20 },
  { check_interval: 'Above the limit, data is refused and senders retry; nothing is dropped.' },
);

/** Attributes of all resources. */
export const resource: Resource = explain(
  {
    attributes: [{ key: 'deployment.environment.name', value: ENV.environment, action: 'insert' }],
  },
  { attributes: 'The environment that a service sets itself is kept.' },
);
