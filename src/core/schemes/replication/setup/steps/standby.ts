import type { Step } from '../../../../plan/plan';
import { shellQuote, sqlQuote } from '../../../../quote';
import { beginClone, finishClone, rehearseClone } from '../../rejoin/steps/clone';
import { closeDatabase } from '../../rejoin/steps/close';
import { caughtUp, follow, primaryPositionNow } from '../../rejoin/steps/follow';
import { localServer } from '../../sql/client';
import { leased, shownHelper } from '../../steps/kit';
import { valueOf } from '../../../../observe/fact';
import { borrowed, forward, type SetupKit } from './kit';

/** Closed, also for its next start: a copy starts by itself. */
export function standbyClosed(kit: SetupKit, needs: readonly string[]): Step {
  return borrowed(closeDatabase(kit.rejoin), needs);
}

const SYSTEM = `'mysql','sys','information_schema','performance_schema'`;

/** What was shown and confirmed is what there is; and what there is, is dumped before it goes. */
function standbyData(kit: SetupKit, needs: readonly string[]): Step {
  const confirmed = kit.context.facts[kit.standby]?.databases?.map(({ name }) => name) ?? [];
  const folder = kit.rejoin.context.keptFolder;
  const file = `${folder}/databases.sql`;
  // What ClusterControl's installer makes while this plan waits for it could not be shown: cmon's schemas of a new host hold nothing yet.
  const expected = [...new Set([...confirmed, 'cmon', 'dcps'])].map(sqlQuote).join(',');
  return forward({
    id: 'standby-data',
    title:
      confirmed.length === 0
        ? 'It holds nothing of its own'
        : 'Dump what it holds, before the copy replaces it',
    host: kit.standby,
    why: 'What you have read and confirmed must be what there is now. The dump stays on this host.',
    needs,
    shown: [
      "SELECT SCHEMA_NAME FROM information_schema.SCHEMATA;   # none that the plan doesn't name",
      `mysqldump --single-transaction --databases ${confirmed.join(' ') || '…'} >${file}   # where there is one`,
    ],
    act: leased(
      `set -u; umask 077
unknown=$(echo ${shellQuote(`SELECT SCHEMA_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME NOT IN (${SYSTEM}) AND SCHEMA_NAME NOT IN (${expected})`)} | ${kit.mysql}) || exit 1
[ -z "$unknown" ] || { echo "${kit.standby} holds databases that the plan does not name: $(echo $unknown). Plan again" >&2; exit 1; }
[ ! -e ${shellQuote(file)} ] || exit 0
mkdir -p -m 700 -- ${shellQuote(folder)} || exit 1
set --; while IFS= read -r one; do [ -z "$one" ] || set -- "$@" "$one"; done <<LIST
$(echo ${shellQuote(`SELECT SCHEMA_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME NOT IN (${SYSTEM})`)} | ${kit.mysql} --raw)
LIST
[ $# -gt 0 ] || exit 0
mysqldump ${localServer(kit.context.site.mysql.socket)} --single-transaction --routines --events --set-gtid-purged=OFF --databases "$@" >${shellQuote(`${file}.part`)} && sync ${shellQuote(`${file}.part`)} && mv -f ${shellQuote(`${file}.part`)} ${shellQuote(file)}`,
      3_600_000,
      { unlocked: true },
    ),
    usualMs: 60,
  });
}

/** Nothing of it where the standby replicates from this primary already: a copy is never made twice. */
export function standbyFollows(kit: SetupKit, needs: readonly string[]): { steps: Step[]; last: string[] } {
  const { rejoin } = kit;
  const afterwards = [
    borrowed(primaryPositionNow(rejoin), ['follow']),
    borrowed(caughtUp(rejoin), ['primary-position-now']),
  ];
  const replica = valueOf(kit.context.seen.standby.mysql)?.replica;
  const copied =
    replica !== undefined &&
    [kit.primary, kit.context.primary.address].includes(replica.sourceHost) &&
    replica.autoPosition;
  const copy = copied
    ? []
    : [
        standbyData(kit, needs),
        noChannel(kit, ['standby-data']),
        borrowed(rehearseClone(rejoin, []), ['no-channel']),
        borrowed(beginClone(rejoin), ['clone-rehearsal']),
        borrowed(finishClone(rejoin), ['clone']),
      ];
  const following = borrowed(follow(rejoin, 'after', []), copied ? needs : ['clone-complete']);
  return { steps: [...copy, following, ...afterwards], last: ['follow', 'caught-up'] };
}

/** A channel of a try before would be refused by the CLONE. */
function noChannel(kit: SetupKit, needs: readonly string[]): Step {
  return forward({
    id: 'no-channel',
    title: 'It replicates from nobody yet',
    host: kit.standby,
    why: 'A channel that a try before has left would be in the way of the copy.',
    needs,
    shown: ['STOP REPLICA;', 'RESET REPLICA ALL;'],
    act: leased(`echo 'STOP REPLICA; RESET REPLICA ALL' | ${kit.mysql}`, 30_000),
    usualMs: 40,
  });
}

export function roleStandby(kit: SetupKit, needs: readonly string[]): Step {
  const call = `role write ${kit.epoch} standby ${kit.primary}`;
  return forward({
    id: 'role-standby',
    title: `${kit.standby} is its standby, on its disk`,
    host: kit.standby,
    why: 'A reboot brings it back as what it is. Files are sent to a standby of the same epoch only.',
    needs,
    shown: [shownHelper(call)],
    act: leased(`${kit.helper} ${call}`, 10_000),
    usualMs: 20,
  });
}
