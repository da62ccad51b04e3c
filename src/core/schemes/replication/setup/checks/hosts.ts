import { type Check, need, verdict } from '../../operation/check';
import type { SetupContext } from '../context';
import { controllers, factsOf } from './facts';

/** Free space below which neither packages nor a copy of the smallest database fit; and what a set-up needs that brings no MySQL. */
const FOR_MYSQL_BYTES = 1_000_000_000;
const FOR_THE_REST_BYTES = 200_000_000;

/** Bare hosts lack most programs: what brings them, and a root to do it with, must be there. */
export const access: Check<SetupContext> = {
  id: 'access',
  title: 'Every host can be reached and administered',
  level: 'block',
  run({ site, observation }) {
    const against = site.hosts.flatMap(({ name }) => {
      const seen = observation.hosts[name];
      if (seen === undefined || !seen.reachable.known) {
        const why = seen?.reachable.known === false ? seen.reachable.reason : 'it was not asked';
        return [`${name} cannot be reached: ${why}`];
      }
      if (!need(seen.privileged, name, 'root access')) return [`${name}: commands cannot be run as root`];
      // Everything else comes by packages.
      const missing = need(seen.missingPrograms, name, 'the list of programs');
      return ['flock', 'setsid', 'timeout', 'sha256sum'].flatMap((program) =>
        missing.includes(program) ? [`${name} lacks ${program} (util-linux, coreutils)`] : [],
      );
    });
    return verdict(against, 'Make each host reachable for your ssh user, with root or sudo.', [
      `${site.hosts.map(({ name }) => name).join(', ')}: ssh, root and basic programs are there`,
    ]);
  },
};

export const system: Check<SetupContext> = {
  id: 'system',
  title: 'The controllers are what the inventory says',
  level: 'block',
  run(context) {
    const against = controllers(context).flatMap(({ name, os, interface: link, address }) => {
      const facts = factsOf(context, name);
      return [
        ...(facts.os === os
          ? []
          : [`${name} is ${facts.osName || 'an unknown system'}, not of the ${os} family`]),
        ...(facts.systemd ? [] : [`${name} does not run systemd`]),
        ...(facts.packaging === (os === 'rhel' ? 'dnf' : 'apt')
          ? []
          : [`${name} has no package manager of ${os}`]),
        ...(facts.interfaceThere ? [] : [`${name} has no interface ${link}`]),
        ...(facts.interfaceThere && !facts.addressThere ? [`${name}: ${link} does not have ${address}`] : []),
      ];
    });
    return verdict(against, 'Correct `os`, `interface` or `address` in the inventory, or the host.', [
      controllers(context)
        .map(({ name, os, interface: link }) => `${name}: ${os}, ${link}`)
        .join('; '),
    ]);
  },
};

export const reach: Check<SetupContext> = {
  id: 'reach',
  title: 'The controllers reach each other and Prometheus by ssh',
  level: 'block',
  run(context) {
    const against = controllers(context).flatMap(({ name }) =>
      factsOf(context, name).unreached.map((other) => `${name} does not reach the ssh port of ${other}`),
    );
    return verdict(against, 'File sync and guard need it: open it in the network or the firewall.', [
      'each controller reaches the others',
    ]);
  },
};

export const vipFree: Check<SetupContext> = {
  id: 'vip-free',
  title: 'Nobody else has the virtual IP',
  level: 'block',
  run({ answers, site, primary }) {
    const answer = answers['vip-used'];
    if (answer?.answered !== true)
      return verdict([`${primary.name} could not ask for ${site.vip}`], REMEDY, []);
    const used = answer.stdout.trim();
    return verdict(
      used === '' ? [] : [`${site.vip} is answered by ${used}, and ${primary.name} does not hold it`],
      REMEDY,
      [`nobody else answers for ${site.vip}`],
    );
  },
};
const REMEDY =
  'Find out whose it is (`ip neigh` on another host): choose an address that is free, or take it from that machine.';

export const room: Check<SetupContext> = {
  id: 'room',
  title: 'There is room on the disks',
  level: 'block',
  run(context) {
    const against = controllers(context).flatMap(({ name }) => {
      const { freeBytes, lacking } = factsOf(context, name);
      const least = lacking.some(({ program }) => program === 'mysqld')
        ? FOR_MYSQL_BYTES
        : FOR_THE_REST_BYTES;
      if (freeBytes === undefined) return [`${name}: the free space of /var/lib could not be read`];
      return freeBytes < least
        ? [
            `${name}: ${Math.floor(freeBytes / 1_000_000)} MB are free in /var/lib, ${least / 1_000_000} MB are needed`,
          ]
        : [];
    });
    return verdict(against, 'Make room, then plan again.', ['what is needed is free on each controller']);
  },
};
