import { valueOf } from '../../../../observe/fact';
import type { Step } from '../../../../plan/plan';
import { shellQuote } from '../../../../quote';
import { leased, shownHelper } from '../../steps/kit';
import type { RejoinKit } from './kit';
import { rsyncTo, shownRsyncTo } from './rsync';

/** Also takes away the mark of an old primary that came back: from here on lsyncd may write to it. */
export function roleRecord(kit: RejoinKit, needs: readonly string[]): Step {
  const record = valueOf(kit.context.seen.primary.role)?.record;
  const call = `role write ${record?.epoch ?? 0} standby ${shellQuote(kit.primary)}`;
  return {
    id: 'role-record',
    title: `It is the standby of ${kit.primary}, on its disk`,
    host: kit.host,
    why: `A reboot brings it back as what it is. ${kit.primary} sends files to a standby of its own epoch only. A hold by hand that an operation left would keep it closed when it is promoted.`,
    phase: 'after',
    needs,
    shown: [shownHelper(call), shownHelper('hold --clear')],
    act: leased(`${kit.helper} ${call} && ${kit.helper} hold --clear`, 10_000),
    danger: 'none',
    usualMs: 15,
  };
}

/** Before lsyncd, which would delete what only this host has without asking. */
export function filesKept(kit: RejoinKit, needs: readonly string[]): Step {
  const { site, observation, keptFolder } = kit.context;
  const backup = `--backup --backup-dir=${keptFolder}/files `;
  return {
    id: 'files-kept',
    title: 'Bring the files over, keeping what they replace',
    host: kit.primary,
    why: `Files that differ or exist on ${kit.host} alone are moved to ${keptFolder}/files there, not lost.`,
    phase: 'after',
    needs,
    shown: [shownRsyncTo(site, kit.host, backup)],
    // 24: a file went away while it was read, as files of a running controller do.
    act: leased(
      `${rsyncTo(site, kit.primary, kit.host, observation, backup)}; code=$?; [ $code -ne 24 ] || code=0; exit $code`,
      1_800_000,
      { unlocked: true },
    ),
    danger: 'none',
    usualMs: 400,
  };
}

/** Hosts of the hardened profile: at rest (FAULT) as long as the role's flag is not there. */
export function keepalivedAtRest(kit: RejoinKit, needs: readonly string[]): Step {
  return {
    id: 'keepalived-at-rest',
    title: 'keepalived runs, without the virtual IP',
    host: kit.host,
    why: 'The next promotion needs it at once.',
    phase: 'after',
    needs,
    shown: ['systemctl start keepalived', shownHelper('vip wait absent 5000')],
    act: leased(
      `systemctl start keepalived && systemctl is-active --quiet keepalived && ${kit.helper} vip wait absent 5000`,
      20_000,
    ),
    verify: leased('systemctl is-active --quiet keepalived || exit 1', 5_000),
    danger: 'none',
    usualMs: 40,
  };
}

/** my.cnf of the hardened profile says the same: nothing is left in mysqld-auto.cnf. */
export function persistReset(kit: RejoinKit, needs: readonly string[]): Step {
  return {
    id: 'persist-reset',
    title: 'Take the persisted setting back',
    host: kit.host,
    why: 'MySQL starts closed by its configuration file already. It stays closed.',
    phase: 'after',
    needs,
    shown: ['RESET PERSIST IF EXISTS super_read_only;'],
    act: leased(`echo 'RESET PERSIST IF EXISTS super_read_only' | ${kit.mysql}`, 10_000),
    optional: true,
    danger: 'none',
    usualMs: 15,
  };
}
