import { type Check, need, verdict } from '../operation/check';

/** Two controllers at work repair the same clusters against each other. The target's must be down, and stay down. */
export const cmonOnTarget: Check = {
  id: 'cmon-on-target',
  title: 'No ClusterControl service runs on the target',
  level: 'block',
  run({ seen, target, site, method }) {
    const units = need(seen.target.units, target.name, 'the units');
    const against = site.services
      .filter((name) => ['active', 'activating', 'reloading'].includes(units[name]?.active ?? ''))
      .map((name) => `${target.name}: ${name} is ${units[name]?.active}`);
    const missing = site.services.filter((name) => units[name]?.loaded !== true);
    if (missing.length > 0) {
      against.push(`${target.name} has no unit ${missing.join(', ')}`);
    }
    const processes = need(seen.target.cmonProcesses, target.name, 'the number of cmon processes');
    if (processes > 0) {
      against.push(`${target.name}: ${processes} processes named cmon run`);
    }
    const remedy = `Stop them on ${target.name} (systemctl stop ${site.services.join(' ')}) and find out who started them.`;
    if (against.length > 0) {
      return verdict(against, remedy, []);
    }
    const cron = need(seen.target.cmonCron, target.name, 'cron');
    return verdict(
      // On hardened hosts the unit's condition holds against cron, too.
      method === 'keepalived' && cron.length > 0 && units['cmon']?.file !== 'masked'
        ? cron.map((line) => `${target.name}: cron could start it: ${line}`)
        : [],
      `It runs on ${target.name} only once that is the primary; until then nothing but this line's own condition keeps cron from it.`,
      [`${target.name}: ${site.services.length} units inactive, no process named cmon`],
      'warn',
    );
  },
};
