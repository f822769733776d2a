/** The health view: is the service well, and since when? */

import type { HealthRow } from '@moneytrail/store';
import type { VNode } from 'preact';
import { health } from '../data/overview.ts';
import { Empty } from '../ui/empty.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { ViewHead } from '../ui/view-head.tsx';
import { CheckTable } from './check-table.tsx';

/** Checks by service, the unhealthy ones first. */
export function HealthView(): VNode {
  const rows = health.value.value;
  return (
    <>
      <ViewHead title="Health">
        {rows === undefined || rows.length === 0 ? undefined : sentence(rows)}
      </ViewHead>
      <Loaded of={health} what="The health checks" shape="rows">
        {(all) => (all.length === 0 ? <NoChecks /> : <Services rows={all} />)}
      </Loaded>
    </>
  );
}

function sentence(rows: readonly HealthRow[]): string {
  const sick = rows.filter((row) => row.status !== 'healthy');
  if (sick.length === 0) return `All ${rows.length} checks are healthy.`;
  const names = sick.map((row) => `${row.check} is ${row.status}`).join(', ');
  return `${rows.length - sick.length} of ${rows.length} checks are healthy: ${names}.`;
}

function NoChecks(): VNode {
  return (
    <Empty title="No health check has arrived yet" line="import '@moneytrail/telemetry/register';">
      Checks run in the background of a service and arrive as metrics. A service that imports this,
      and <code>@moneytrail/health</code>, sends them:
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
          <CheckTable rows={sickFirst(props.rows.filter((row) => row.service === service))} />
        </section>
      ))}
    </>
  );
}

const ORDER: readonly HealthRow['status'][] = ['unhealthy', 'degraded', 'unknown', 'healthy'];

function sickFirst(rows: readonly HealthRow[]): readonly HealthRow[] {
  const rank = (row: HealthRow): number => ORDER.indexOf(row.status);
  return [...rows].sort(
    (one, other) => rank(one) - rank(other) || one.check.localeCompare(other.check),
  );
}
