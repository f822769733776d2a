/** Grafana's provisioning for the addresses of a stack. */
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const DEPLOY = fileURLToPath(new URL('../../deploy/', import.meta.url));

/**
 * Writes data sources and dashboards with the addresses of this stack, for a Grafana that runs outside of it:
 * `GF_PATHS_PROVISIONING=DIR/config/grafana`. The host names of the containers exist only inside their network.
 */
export function writeGrafanaProvisioning(
  dataDir: string,
  urls: Readonly<Record<string, string>>,
): void {
  const provisioning = join(DEPLOY, 'grafana', 'provisioning');
  const folder = join(dataDir, 'config', 'grafana');
  rmSync(folder, { recursive: true, force: true });
  cpSync(provisioning, folder, { recursive: true });
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.yaml')) continue;
    const text = readFileSync(join(folder, file), 'utf8');
    writeFileSync(join(folder, file), withLocal(text, urls));
  }
}

function withLocal(text: string, urls: Readonly<Record<string, string>>): string {
  return text
    .replaceAll(/http:\/\/(prometheus|jaeger|loki|alertmanager):\d+/g, (all, name: string) => {
      return urls[name] ?? all;
    })
    .replaceAll('/etc/grafana/dashboards', join(DEPLOY, 'generated', 'dashboards'));
}
