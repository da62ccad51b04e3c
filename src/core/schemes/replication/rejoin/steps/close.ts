import { formatGtidSet } from '../../../../gtid/set';
import { valueOf } from '../../../../observe/fact';
import type { Step } from '../../../../plan/plan';
import { sqlQuote } from '../../../../quote';
import { pathsOf } from '../../paths';
import { followTorn } from '../../steps/followSource';
import { leased, shownHelper, unleased } from '../../steps/kit';
import { changeSource } from '../statements';
import { onlyGtids, type RejoinKit } from './kit';

/** Nothing of a primary may start here while data and files are replaced. */
export function servicesDown(kit: RejoinKit): Step {
  return {
    id: 'services-down',
    title: 'Keep the ClusterControl services down',
    host: kit.host,
    why: 'Nothing may read or write the database while it is brought back, and cron must not start cmon.',
    phase: 'prepare',
    needs: [],
    shown: [shownHelper('units stop')],
    act: leased(`${kit.helper} units stop`, 40_000),
    undo: {
      shown: [shownHelper('units unmask')],
      script: leased(`${kit.helper} units unmask`, 20_000),
      effect: `the services of ${kit.host} can be started by its role again`,
    },
    danger: 'none',
    usualMs: 40,
  };
}

/** Persisted: a copy starts with what is persisted here, so that it starts closed. */
export function closeDatabase(kit: RejoinKit): Step {
  const before = valueOf(kit.context.seen.host.mysql)?.persisted['super_read_only'];
  return {
    id: 'close',
    title: 'Close MySQL for writing, also for its next start',
    host: kit.host,
    why: `Only ${kit.primary} takes writes. A server that was replaced by CLONE starts by itself: what is persisted decides how.`,
    phase: 'prepare',
    needs: ['services-down'],
    shown: [shownHelper('mysql close'), 'SET PERSIST super_read_only = ON;'],
    act: leased(
      `${kit.helper} mysql close >/dev/null && echo 'SET PERSIST super_read_only = ON' | ${kit.mysql}`,
      20_000,
    ),
    undo: {
      shown: [
        '# it stays closed',
        ...(before === undefined
          ? [shownHelper('mysql back'), 'RESET PERSIST IF EXISTS super_read_only;']
          : []),
      ],
      script: leased(
        before === undefined
          ? `${kit.helper} mysql back && echo 'RESET PERSIST IF EXISTS super_read_only' | ${kit.mysql}`
          : ':',
        30_000,
      ),
      effect: `MySQL on ${kit.host} stays closed; its persisted settings are as before`,
    },
    danger: 'none',
    usualMs: 30,
  };
}

export function stopReplication(kit: RejoinKit): Step {
  const { context } = kit;
  const replica = valueOf(context.seen.host.mysql)?.replica;
  const reset = context.way?.kind !== 'follow';
  const statements = ['STOP REPLICA;', ...(reset ? ['RESET REPLICA ALL;'] : [])];
  const ours = replica !== undefined && [kit.primary, context.primary.address].includes(replica.sourceHost);
  const back = changeSource(context);
  const torn = followTorn(kit, pathsOf(context.host.os).mysqlUnit);
  const start = replica?.sqlRunning === 'Yes' || replica?.ioRunning === 'Yes' ? 'START REPLICA;' : '';
  // The step before this one may have had to stop it.
  const answers = `${kit.helper} mysql back`;
  return {
    id: 'replication-stop',
    title: 'Stop replication',
    host: kit.host,
    why: 'What this host has must not move while it is compared with what the primary has.',
    phase: 'prepare',
    needs: ['close'],
    shown: [...statements, ...(reset ? torn.shown : [])],
    act: leased(reset ? torn.script : kit.mysql, 90_000, { stdin: `${statements.join('\n')}\n` }),
    undo: {
      shown: reset
        ? ours
          ? [back.shown, start, ...torn.shown]
          : ['# it had no channel to the primary']
        : start === ''
          ? ['# replication was stopped before']
          : [shownHelper('mysql back'), start],
      script:
        reset && ours
          ? leased(torn.script, 90_000, {
              stdin: `STOP REPLICA;\n${back.sent}\n${start}\n`,
            })
          : leased(reset || start === '' ? ':' : `${answers} && echo '${start}' | ${kit.mysql}`, 30_000),
      effect: ours
        ? `the replication channel of ${kit.host} is as before`
        : `${kit.host} replicates from nobody, as before`,
    },
    danger: 'none',
    usualMs: 30,
  };
}

/** Read after the host has come to rest: the other order would find transactions of its own on a healthy one. */
export function primaryPosition(kit: RejoinKit): Step {
  return {
    id: 'primary-position',
    title: 'Read how far the primary has come',
    host: kit.primary,
    why: 'Compared with what stands still on the other host.',
    phase: 'prepare',
    needs: ['replication-stop'],
    shown: ['SELECT @@GLOBAL.gtid_executed;'],
    act: unleased(
      `out=$(echo 'SELECT @@GLOBAL.gtid_executed' | ${kit.mysql} --raw | tr -d ' \\n') && echo "@prepared_gtid=$out"`,
      10_000,
      { outputs: ['prepared_gtid'] },
    ),
    danger: 'none',
    usualMs: 15,
  };
}

/** What was confirmed is what there is: not one transaction more. */
export function sameTransactions(kit: RejoinKit): Step {
  const known = sqlQuote(formatGtidSet(kit.context.way?.extra ?? new Map()));
  const left = `GTID_SUBTRACT(GTID_SUBTRACT(@@GLOBAL.gtid_executed, '$prepared_gtid'), ${known})`;
  return {
    id: 'same-transactions',
    title: 'It has no transaction that the plan does not name',
    host: kit.host,
    why: 'What you have read and confirmed must be what there is now.',
    phase: 'prepare',
    needs: ['primary-position'],
    shown: [`SELECT GTID_SUBTRACT(GTID_SUBTRACT(@@GLOBAL.gtid_executed, '<of ${kit.primary}>'), ${known});`],
    act: unleased(
      `${onlyGtids('prepared_gtid')}; out=$(echo "SELECT ${left}" | ${kit.mysql}) || exit 1; [ -z "$out" ] || { echo "${kit.host} has more than the plan names: $out" >&2; exit 1; }`,
      10_000,
      { inputs: ['prepared_gtid'] },
    ),
    danger: 'none',
    usualMs: 15,
  };
}
