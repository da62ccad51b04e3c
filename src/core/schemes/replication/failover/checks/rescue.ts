import {
  countTransactions,
  formatGtidSet,
  parseGtidSet,
  subtractGtidSets,
  uniteGtidSets,
} from '../../../../gtid/set';
import { type Check, need, needAnswer, passed, verdict } from '../../operation/check';
import type { EmergencyContext } from '../context';
import { ASKED } from '../questions';
import { rescueOf } from '../rescuable';

/** Sets that the newest binary log of the dead server names: what earlier files hold, and its own. */
export function onDisk(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim().split(' '))
    .filter(([kind]) => kind === 'previous' || kind === 'range')
    .map(([, set = '']) => set.replace(/,$/, ''))
    .filter(Boolean)
    .join(',');
}

/** What only the old primary has: shown where its disk can be read, promised for later where it can't. */
export const rescue: Check<EmergencyContext> = {
  id: 'rescue',
  title: 'What only the old primary has',
  level: 'acknowledge',
  run(context) {
    const { mode, seen, source, target } = context;
    if (mode !== 'half-way') {
      return verdict(
        [`the disk of ${source.name} can not be read now`],
        `Keep its disk. When ${source.name} is back, preparing it as a secondary shows what only it has, and exports what its binary logs still hold.`,
        [],
        'inform',
      );
    }
    const rescued = rescueOf(context);
    if ('impossible' in rescued) {
      return verdict(
        [
          `what ${source.name} acknowledged and never sent can not be brought over: ${rescued.impossible}`,
          `it is lost to ${target.name}, within the bound of loss-bound`,
        ],
        `Where MySQL's own mysqlbinlog is missing on ${source.name}, install it and plan again. Encrypted binary logs only MySQL itself can read: if it can be started there, nothing is lost by a planned promotion. Otherwise keep that disk: preparing ${source.name} as a secondary shows and exports what its binary logs still hold.`,
        [],
      );
    }
    const mysql = need(seen.target.mysql, target.name, 'MySQL');
    const there = parseGtidSet(onDisk(needAnswer(context, ASKED.binlog, source.name)));
    const here = uniteGtidSets(
      parseGtidSet(mysql.gtidExecuted),
      parseGtidSet(mysql.replica?.retrievedGtidSet ?? ''),
    );
    const only = subtractGtidSets(there, here);
    const count = countTransactions(only);
    if (count === 0)
      return passed(`the binary log of ${source.name} ends with what ${target.name} has received`);
    return verdict(
      [`${count} transactions are in the binary log of ${source.name} alone: ${formatGtidSet(only)}`],
      `The plan brings these binary logs over and applies them before ${target.name} is opened; copies are kept on both hosts.`,
      [],
      'inform',
    );
  },
};
