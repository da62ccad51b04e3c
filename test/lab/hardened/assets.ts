import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Lab } from '../lab';
import { REPOSITORY } from '../places';
import { must } from '../run';
import { CONTROLLERS, HOSTS, UNITS } from '../site';
import { helperSettings } from './files';

export const HELPER = '/usr/local/sbin/clustercontrol-ha';

/** Puts the product's own on-host files, as its build makes them, where a hardened host has them. */
export async function putAssets(lab: Lab): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'clustercontrol-ha-host-'));
  try {
    await must(process.execPath, [join(REPOSITORY, 'media/host/build.mjs'), folder]);
    const asset = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
    for (const host of HOSTS) {
      await lab.put(host, HELPER, await asset('clustercontrol-ha'), 0o755);
      await lab.put(host, '/etc/default/clustercontrol-ha', helperSettings(host));
      await lab.put(
        host,
        '/etc/tmpfiles.d/clustercontrol-ha.conf',
        await asset('clustercontrol-ha.tmpfiles'),
      );
    }
    for (const host of CONTROLLERS) {
      await lab.put(host, '/etc/keepalived/manage_snat.sh', await asset('manage_snat.sh'), 0o755);
      const unit = '/etc/systemd/system/clustercontrol-ha-guard.service';
      await lab.put(host, unit, await asset('clustercontrol-ha-guard.service'));
      for (const name of UNITS) await lab.put(host, dropIn(name), await asset('unit-condition.conf'));
      await lab.put(host, dropIn('lsyncd'), await asset('lsyncd-condition.conf'));
      await lab.put(host, dropIn('keepalived'), await asset('keepalived-restart.conf'));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function dropIn(unit: string): string {
  return `/etc/systemd/system/${unit}.service.d/clustercontrol-ha.conf`;
}
