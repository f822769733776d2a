/** Types of a Collector configuration. */
import type { ConnectorKinds } from './connectors.ts';
import type { ExporterKinds } from './exporters.ts';
import type { ExtensionKinds } from './extensions.ts';
import type { ProcessorKinds } from './processors.ts';
import type { ReceiverKinds } from './receivers.ts';

/** Id of a component: `type` or `type/name`. */
export type ComponentId<Kinds> = keyof Kinds & string extends infer Kind extends string
  ? Kind | `${Kind}/${string}`
  : never;

/** Components by id; the part before the slash decides which settings are allowed. */
export type Components<Kinds> = {
  readonly [Kind in keyof Kinds & string as Kind | `${Kind}/${string}`]?: Kinds[Kind];
};

/** Receivers, processors in order, and exporters. Connectors can be both receivers and exporters. */
export interface Pipeline {
  readonly receivers: readonly ComponentId<ReceiverKinds & ConnectorKinds>[];
  readonly processors?: readonly ComponentId<ProcessorKinds>[];
  readonly exporters: readonly ComponentId<ExporterKinds & ConnectorKinds>[];
}

/** Telemetry of the Collector itself. */
export interface SelfTelemetry {
  readonly logs: { readonly level: 'info' | 'warn'; readonly encoding: 'json' | 'console' };
  readonly metrics: {
    readonly level: 'basic' | 'normal' | 'detailed';
    readonly readers: readonly {
      readonly pull: {
        readonly exporter: {
          readonly prometheus: { readonly host: string; readonly port: number | string };
        };
      };
    }[];
  };
}

/** Pipelines by id: the part before the slash is the signal. */
export type Pipelines = {
  readonly [Signal in 'traces' | 'metrics' | 'logs' as Signal | `${Signal}/${string}`]?: Pipeline;
};

/** A configuration of the OpenTelemetry Collector 0.155 and later, with the parts that Moneytrail uses. */
export interface CollectorConfig {
  readonly extensions: Components<ExtensionKinds>;
  readonly receivers: Components<ReceiverKinds>;
  readonly processors: Components<ProcessorKinds>;
  readonly connectors: Components<ConnectorKinds>;
  readonly exporters: Components<ExporterKinds>;
  readonly service: {
    readonly extensions: readonly ComponentId<ExtensionKinds>[];
    readonly telemetry: SelfTelemetry;
    readonly pipelines: Pipelines;
  };
}
