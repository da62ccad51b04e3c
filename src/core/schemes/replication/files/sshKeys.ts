import type { SiteDocument } from '../../scheme';
import type { ReplicationController, ReplicationSite } from '../site';

const GUARD_FOLDER = '/var/lib/clustercontrol-ha/ssh';

/** Options of the guard's key in root's `authorized_keys`: it asks, and can do nothing else (sshd(8); `peer` in docs/host-helper.md). */
export function guardKeyOptions(from: string): string {
  return `restrict,command="/usr/local/sbin/clustercontrol-ha peer ${from}"`;
}

/** Options of file sync's key: from the other controller alone, which also comes from the VIP. No terminal, no forwarding. */
export function syncKeyOptions({ vip }: ReplicationSite, from: ReplicationController): string {
  return `restrict,from="${from.address},${vip}"`;
}

/**
 * Who may log in to whom. Keys are made on the hosts and their private halves never leave them, so that no file of a tree
 * can hold these lines: a key stands here by the host whose it is.
 */
export function sshKeysDocument(site: ReplicationSite): SiteDocument {
  const parts = site.hosts.map((host) => {
    const others = site.controllers.filter(({ name }) => name !== host.name);
    const controller = site.controllers.find(({ name }) => name === host.name);
    const guards = others.map(({ name }) => `${guardKeyOptions(name)} KEY clustercontrol-ha-guard@${name}\n`);
    const lines = `\n# ${host.name}: ~root/.ssh/authorized_keys. KEY is ${GUARD_FOLDER}/id_ed25519.pub of the host that is named last\n${guards.join('')}`;
    if (controller === undefined) return lines;
    const syncs = others.map(
      (other) => `${syncKeyOptions(site, other)} KEY clustercontrol-ha-sync@${other.name}\n`,
    );
    const known = site.hosts.filter(({ name }) => name !== host.name).map(({ name }) => `${name} HOST-KEY\n`);
    return `${lines}# ${host.name}: authorized_keys of ${host.ssh.user ?? 'root'}. KEY is ~root/.ssh/id_ed25519.pub there
${syncs.join('')}# ${host.name}: ${GUARD_FOLDER}/known_hosts. HOST-KEY is the first two words of /etc/ssh/ssh_host_ed25519_key.pub there
${known.join('')}`;
  });
  return {
    name: 'ssh-keys.txt',
    group: 'guard',
    content: `# Who logs in to whom in site ${site.name}, and what for. Deployment from bare hosts and hardening write these lines.\n${parts.join('')}`,
  };
}
