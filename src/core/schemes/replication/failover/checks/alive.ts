import { type Check, passed, verdict } from '../../operation/check';
import type { EmergencyContext } from '../context';
import { signsOfLife, silences } from '../life';

/**
 * Any life stops a failover: whoever answers may still write. Silence from one place proves nothing, so it is asked from
 * here, from the target and from the witness, and who could not ask is named.
 */
export const alive: Check<EmergencyContext> = {
  id: 'alive',
  title: 'The old primary shows no life, wherever one looks from',
  level: 'block',
  run({ life, source, target, method, seen }) {
    const replica = seen.target.mysql.known ? seen.target.mysql.value.replica : undefined;
    const vip = life.places
      // On documented hosts the target has taken the address already.
      .filter(({ vipAt }) => method === 'role-flag' && vipAt !== undefined && vipAt !== 'here')
      .map(({ from, vipAt }) => `seen from ${from}: the virtual IP answers at ${vipAt ?? ''}`);
    const against = [...signsOfLife(life), ...vip];
    const thread = replica === undefined ? [] : [`IO thread of ${target.name}: ${replica.ioRunning}`];
    if (against.length === 0) return passed(...silences(life), ...thread);
    const healthy = `If MySQL of ${source.name} answers, use the planned promotion: \`plan promote ${target.name}\` loses nothing.`;
    const halfWay = `If its host lives and only MySQL is dead: mode half-way (\`plan failover ${target.name} --mode half-way\`).`;
    const other = `Otherwise switch ${source.name} off, and plan again.`;
    return verdict([...against, ...silences(life), ...thread], [healthy, halfWay, other].join(' '), []);
  },
};
