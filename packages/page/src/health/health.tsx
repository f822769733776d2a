/** The health view: the state of each service, and since when. */

import type { HealthRow } from '@moneytrail/store';
import type { VNode } from 'preact';
import { health } from '../data/overview.ts';
import { Empty } from '../ui/empty.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { ViewHead } from '../ui/view-head.tsx';
import { CheckTable } from './check-table.tsx';

/** Health checks by service, unhealthy ones first. */
export function HealthView(): VNode {
  const rows = health.value.value;
  return (
    <>
      <ViewHead title="Health">
        {rows === undefined || rows.length === 0 ? undefined : sentence(rows)}
      </ViewHead>
      <Loaded of={health} what="Health checks" shape="rows">
        {(all) => (all.length === 0 ? <NoChecks /> : <Services rows={all} />)}
      </Loaded>
    </>
  );
}

function sentence(rows: readonly HealthRow[]): string {
  const unhealthy = rows.filter((row) => row.status !== 'healthy');
  if (unhealthy.length === 0) return `All ${rows.length} checks are healthy.`;
  const names = unhealthy.map((row) => `${row.check} is ${row.status}`).join(', ');
  return `${rows.length - unhealthy.length} of ${rows.length} checks are healthy: ${names}.`;
}

function NoChecks(): VNode {
  return (
    <Empty title="No health checks yet" line="import '@moneytrail/telemetry/register';">
      Health checks run in the background of a service and arrive as metrics. To send them, use{' '}
      <code>@moneytrail/health</code> and add this import to the entry file of the service:
    </Empty>
  );
}

function Services(props: { readonly rows: readonly HealthRow[] }): VNode {
  const services = [...new Set(props.rows.map((row) => row.service))].sort();
  return (
    <>
      {services.map((service) => (
        <section key={service} aria-label={service}>
          <div class="section-head">
            <h2>{service}</h2>
          </div>
          <CheckTable rows={unhealthyFirst(props.rows.filter((row) => row.service === service))} />
        </section>
      ))}
    </>
  );
}

const ORDER: readonly HealthRow['status'][] = ['unhealthy', 'degraded', 'unknown', 'healthy'];

function unhealthyFirst(rows: readonly HealthRow[]): readonly HealthRow[] {
  const rank = (row: HealthRow): number => ORDER.indexOf(row.status);
  return [...rows].sort(
    (one, other) => rank(one) - rank(other) || one.check.localeCompare(other.check),
  );
}
