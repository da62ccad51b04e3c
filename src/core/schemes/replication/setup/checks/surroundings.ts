import { type Check, passed, verdict } from '../../operation/check';
import { neededSecrets } from '../../deploy/checks';
import type { SetupContext } from '../context';
import { controllers, factsOf } from './facts';

export const firewall: Check<SetupContext> = {
  id: 'firewall',
  title: 'No firewall stands between the hosts',
  level: 'acknowledge',
  run(context) {
    const against = controllers(context).flatMap(({ name }) => {
      const { firewall: kind } = factsOf(context, name);
      if (kind === undefined) return [`${name}: whether a firewall runs could not be told`];
      return kind === 'none' ? [] : [`${name}: ${kind} runs`];
    });
    return verdict(
      against,
      'Let in what the rendered firewall file names (VRRP, 22, 3306, 9500, 9501, 443): its head has the commands for this firewall. The file is brought; allowing it is your decision. Say that you have done it, or will.',
      ['neither ufw nor firewalld runs on the controllers'],
    );
  },
};

export const selinux: Check<SetupContext> = {
  id: 'selinux',
  title: 'SELinux is no surprise',
  level: 'warn',
  run(context) {
    const against = controllers(context).flatMap(({ name }) =>
      factsOf(context, name).selinux === 'Enforcing' ? [`${name}: SELinux is enforcing`] : [],
    );
    return verdict(
      against,
      'keepalived scripts, rsync and a MySQL option file at a new place may be refused: look at `ausearch -m avc` if a step fails. Not run on such a system here.',
      ['not enforcing'],
    );
  },
};

export const prometheus: Check<SetupContext> = {
  id: 'prometheus',
  title: 'Prometheus is there, on a host of its own',
  level: 'warn',
  run({ site, seen }) {
    const { prometheus: host, controllers: pair } = site;
    const shared = pair.some(({ address }) => address === host.address);
    const ready = seen.witness.prometheusReady;
    const against = [
      ...(shared ? [`${host.name} is a controller: its witness fails together with it`] : []),
      ...(ready.known && ready.value ? [] : [`${host.name}: Prometheus is not ready`]),
    ];
    return verdict(
      against,
      'Install Prometheus there (ClusterControl deploys it to a host of your choice). The witness record needs the host alone.',
      [`${host.name}: ready`],
    );
  },
};

export const secrets: Check<SetupContext> = {
  id: 'secrets',
  title: 'The passwords are known here',
  level: 'block',
  run({ site, secretsAvailable, files }) {
    const names = setupSecrets(
      site,
      files.map(({ file }) => file.content),
    );
    const lacking = names.filter((name) => !secretsAvailable.includes(name));
    if (lacking.length === 0) return passed(`${names.join(', ')}: set`);
    return verdict(
      lacking.map((name) => `${name} has no value`),
      'Set them, or let "Generate Passwords" make strong ones; then plan again.',
      [],
    );
  },
};

/** Passwords of the accounts, and those that stand in files. */
export function setupSecrets(site: SetupContext['site'], contents: readonly string[]): string[] {
  const { replicationUser, cloneUser } = site.mysql;
  return [
    ...new Set([replicationUser.password.secret, cloneUser.password.secret, ...neededSecrets(contents)]),
  ];
}
