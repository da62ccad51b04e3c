import {
  countTransactions,
  formatGtidSet,
  type GtidSet,
  parseGtidSet,
  subtractGtidSets,
} from '../../../../gtid/set';
import {
  type Check,
  need,
  needAnswer,
  passed,
  UnknownFact,
  verdict,
  type Verdict,
} from '../../operation/check';
import { readHistory } from '../../checks/asked/history';
import { ASKED as ASKED_OF_TARGET } from '../../checks/asked/questions';
import type { EmergencyContext } from '../context';
import { ASKED } from '../questions';
import { onDisk } from './rescue';

const ANSWER =
  'What it alone has becomes the truth, and may collide with what others replicate. Look at it with mysqlbinlog before you go on.';

function fired(target: string, own: GtidSet, how: string): Verdict {
  return verdict(
    [`${target} has ${countTransactions(own)} errant transactions: ${formatGtidSet(own)}`, how],
    ANSWER,
    [],
  );
}

/** The dead server's newest binary log names all that it had. */
function againstDisk(context: EmergencyContext, executed: GtidSet): Verdict {
  const { source, target } = context;
  const there = parseGtidSet(onDisk(needAnswer(context, ASKED.binlog, source.name)));
  if (there.size === 0) throw new UnknownFact(`${source.name}: its binary log names no transaction`);
  const own = subtractGtidSets(executed, there);
  return countTransactions(own) === 0
    ? passed(`everything that ${target.name} has stands in the binary logs of ${source.name}, too`)
    : fired(target.name, own, `compared with the binary logs on the disk of ${source.name}`);
}

/** Transactions under the server's own UUID, with any tag: of a time in which it was the primary, or errant. */
function ofOwnUuid(executed: GtidSet, uuid: string): GtidSet {
  const own = uuid.toLowerCase();
  return new Map([...executed].filter(([key]) => key === own || key.startsWith(`${own}:`)));
}

/**
 * Transactions that only the standby has. Its source can't be asked, so it is told by what can: the source's disk where its
 * host lives (half-way), else by what the standby itself has written since it became one.
 */
export const errant: Check<EmergencyContext> = {
  id: 'errant',
  title: 'The standby has no transaction of its own',
  level: 'acknowledge',
  run(context) {
    const { seen, source, target, mode } = context;
    const mysql = need(seen.target.mysql, target.name, 'MySQL');
    const executed = parseGtidSet(mysql.gtidExecuted);
    if (mode === 'half-way') return againstDisk(context, executed);
    const own = ofOwnUuid(executed, mysql.serverUuid);
    if (countTransactions(own) === 0) {
      return passed(`${target.name} has never written a transaction of its own (${mysql.serverUuid})`);
    }
    const { standbySinceMs, ownSince } = readHistory(
      needAnswer(context, ASKED_OF_TARGET.history, target.name),
    );
    if (standbySinceMs === undefined || ownSince === undefined) {
      return verdict(
        [
          `${target.name} has written ${countTransactions(own)} transactions itself: ${formatGtidSet(own)}`,
          standbySinceMs === undefined
            ? `since when it is a standby is not on record, and ${source.name} can't be asked whether it has them`
            : `its binary logs could not be read, and ${source.name} can't be asked whether it has them`,
        ],
        `They are of a time in which ${target.name} was the primary, or errant. ${ANSWER}`,
        [],
      );
    }
    const since = `since ${new Date(standbySinceMs).toISOString()}, when it became a standby`;
    const written = parseGtidSet(ownSince);
    return countTransactions(written) === 0
      ? passed(`${target.name} has written nothing itself ${since}`)
      : fired(target.name, written, `written there ${since}`);
  },
};
