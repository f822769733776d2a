import { type Board, dashboard, MONEY, SERVICE } from '@moneytrail/dashboards';

/** `deploy/generated/dashboards`: what `deploy/grafana/provisioning/dashboards` reads. */
export function dashboardFiles(): Record<string, string> {
  return { ...file('money', MONEY), ...file('service', SERVICE) };
}

function file(name: string, board: Board): Record<string, string> {
  const json = JSON.stringify(dashboard(board), null, 2);
  return { [`deploy/generated/dashboards/${name}.json`]: `${json}\n` };
}
