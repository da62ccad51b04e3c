import { type Check, passed, need, verdict } from '../operation/check';

/** ssh, root, every program and MySQL as administrator, on both controllers: a plan must not find out half-way. */
export const access: Check = {
  id: 'access',
  title: 'Both controllers can be reached and administered',
  level: 'block',
  run({ seen, source, target }) {
    const against: string[] = [];
    for (const [host, facts] of [
      [source.name, seen.source],
      [target.name, seen.target],
    ] as const) {
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
      return passed(
        `${source.name} and ${target.name}: ssh, root, programs and MySQL administrator are there`,
      );
    }
    return verdict(
      against,
      `A planned promotion needs both controllers. If ${source.name} is dead, this is a failover, not a switchover.`,
      [],
    );
  },
};
