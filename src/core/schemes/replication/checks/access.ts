import { askedHosts, sourceAsked } from '../operation/context';
import { type Check, passed, need, verdict } from '../operation/check';

/**
 * ssh, root, every program and MySQL as administrator, on both controllers: a plan must not find out half-way. In an
 * emergency on the target: the other one is dead.
 */
export const access: Check = {
  id: 'access',
  title: 'The controllers can be reached and administered',
  level: 'block',
  run(context) {
    const { source, target } = context;
    const hosts = askedHosts(context);
    const against: string[] = [];
    for (const { name: host, seen: facts } of hosts) {
      if (!facts.reachable.known) {
        against.push(`${host} cannot be reached: ${facts.reachable.reason}`);
        continue;
      }
      if (!need(facts.privileged, host, 'root access')) {
        against.push(`${host}: commands cannot be run as root`);
      }
      const missing = need(facts.missingPrograms, host, 'the list of programs');
      if (missing.length > 0) {
        against.push(`${host} lacks ${missing.join(', ')}`);
      }
      if (!facts.mysql.known) {
        against.push(`${host}: MySQL does not answer as administrator: ${facts.mysql.reason}`);
      }
    }
    if (against.length === 0) {
      const names = hosts.map(({ name }) => name).join(' and ');
      return passed(`${names}: ssh, root, programs and MySQL administrator are there`);
    }
    return verdict(
      against,
      sourceAsked(context)
        ? `A planned promotion needs both controllers. If ${source.name} is dead, this is a failover, not a switchover: "Fail Over", or \`plan failover ${target.name}\`.`
        : `Nothing can be promoted but a host that can be administered: mend the way to ${target.name}, and plan again.`,
      [],
    );
  },
};
