import type { Step } from '../../../plan/plan';
import { lookAtNewPrimary } from '../steps/afterwards';
import { fileSyncStart } from '../steps/files';
import { closeHeld, leased, shownHelper, type StepKit, unleased } from '../steps/kit';
import { atBootAgain } from '../steps/mysqlAtBoot';
import { ping, servicesStart } from '../steps/services';
import { letGo, shownLetGo } from '../steps/vipKeepalived';
import { isFollowed, isPrimaryByRecord, leasesBoth, vipOnOther } from './context';

const HOLD = '/var/lib/clustercontrol-ha/hold';

const HOLD_CLEAR = {
  id: 'hold-clear',
  title: 'Take the hold away',
  needs: [],
  shown: [shownHelper('hold --clear')],
  usualMs: 10,
} as const;

/** Under the lease its guard opens nothing yet: where the opening fails, the hold comes back. */
function holdClear(kit: StepKit): Step {
  return {
    ...HOLD_CLEAR,
    host: kit.target,
    why: 'As long as it is there, nothing opens this host.',
    phase: 'prepare',
    act: leased(`${kit.helper} hold --clear`, 10_000),
    undo: {
      shown: [shownHelper('close --hold')],
      script: leased(closeHeld(kit), 90_000),
      effect: `${kit.target} is held closed again`,
    },
    danger: 'none',
  };
}

/** A standby stays closed: that is its role. */
function holdClearOfStandby(kit: StepKit): Step {
  return {
    ...HOLD_CLEAR,
    host: kit.target,
    why: 'Its record says standby: it stays closed by its role. The hold would stand in the way later.',
    phase: 'open',
    act: leased(`${kit.helper} hold --clear`, 10_000),
    verify: leased(`[ ! -e ${HOLD} ]`, 10_000),
    danger: 'irreversible',
  };
}

const open = `[ "$(echo 'SELECT @@GLOBAL.super_read_only' | MYSQL 2>/dev/null)" = 0 ]`;
const isOpen = (kit: StepKit): string => open.replace('MYSQL', kit.mysql);

/** By the rules of the guard's own opening: peer and witness are asked, and the network. */
function reopen(kit: StepKit): Step {
  const { site } = kit.context;
  // Without a lease on the other one, whoever has one there may be about to open that.
  const call = leasesBoth(kit.context) ? 'reopen' : 'reopen alone';
  return {
    id: 'reopen',
    title: `Open ${kit.target} again`,
    host: kit.target,
    why: `Only where one other of the three confirms its epoch, nobody else is active, and nobody answers for ${site.vip}: the helper asks, and refuses otherwise.`,
    phase: 'open',
    needs: ['hold-clear'],
    shown: [shownHelper(call), '# flag, virtual IP, asked once more, MySQL, ClusterControl'],
    act: leased(
      `${kit.helper} ${call} && exit 0; ${isOpen(kit)} || ${kit.helper} close >/dev/null; exit 1`,
      90_000,
    ),
    verify: leased(`[ -e /run/clustercontrol-ha/active ] && ${isOpen(kit)} || exit 1`, 10_000),
    danger: 'irreversible',
    usualMs: 1_500,
  };
}

function vipGivenBack(kit: StepKit): Step {
  return {
    id: 'vip-given-back',
    title: `${kit.source} gives the virtual IP back`,
    host: kit.source,
    why: `Its keepalived took ${kit.context.site.vip} when that of ${kit.target} was stopped. ClusterControl does not run there.`,
    phase: 'outage',
    needs: [],
    shown: shownLetGo(kit, kit.context.source),
    act: leased(letGo(kit, kit.context.source), 20_000),
    undo: {
      shown: ['systemctl start keepalived'],
      script: leased('systemctl start keepalived', 10_000),
      effect: `keepalived runs on ${kit.source} again`,
    },
    danger: 'none',
    usualMs: 300,
  };
}

function otherAsBefore(kit: StepKit, needs: readonly string[]): Step {
  return {
    id: 'keepalived-of-other',
    title: `keepalived of ${kit.source} comes back as BACKUP`,
    host: kit.source,
    why: `${kit.target} holds the address: it can be taken over again when that one dies.`,
    phase: 'after',
    needs,
    shown: ['systemctl start keepalived'],
    act: leased('systemctl start keepalived && systemctl is-active --quiet keepalived', 10_000),
    optional: true,
    danger: 'none',
    usualMs: 30,
  };
}

/** Documented hosts: the address first, then MySQL, as long as a stop of keepalived can still give it back. */
function documented(kit: StepKit): Step[] {
  const { vip } = kit.context.site;
  const gives = vipOnOther(kit.context) ? [vipGivenBack(kit)] : [];
  return [
    ...gives,
    {
      id: 'vip-held',
      title: `${kit.target} holds the virtual IP again`,
      host: kit.target,
      why: 'VIP and source rewriting must stand before cmon starts.',
      phase: 'outage',
      needs: gives.map(({ id }) => id),
      shown: ['systemctl start keepalived', shownHelper('vip wait held 15000')],
      act: leased(`systemctl start keepalived && ${kit.helper} vip wait held 15000`, 25_000),
      undo: {
        shown: shownLetGo(kit, kit.context.target),
        script: leased(letGo(kit, kit.context.target), 20_000),
        effect: `${kit.target} gives ${vip} back`,
      },
      danger: 'none',
      usualMs: 4_000,
    },
    {
      id: 'reopen',
      title: `Open MySQL of ${kit.target} again`,
      host: kit.target,
      why: 'What was persisted to keep it closed is forgotten, too.',
      phase: 'open',
      needs: ['vip-held'],
      shown: [shownHelper('mysql open 0'), 'RESET PERSIST IF EXISTS super_read_only;'],
      act: leased(`${kit.helper} mysql open 0`, 20_000),
      verify: leased(`${isOpen(kit)} || exit 1`, 10_000),
      danger: 'irreversible',
      usualMs: 40,
    },
  ];
}

export function reopenSteps(kit: StepKit): Step[] {
  const roleFlag = kit.context.method === 'role-flag';
  if (!isPrimaryByRecord(kit.context)) {
    return roleFlag
      ? [holdClearOfStandby(kit)]
      : [persistAsBefore(kit), atBootAgain(kit, kit.target, ['keepalived-returns'])];
  }
  if (roleFlag) {
    return [holdClear(kit), reopen(kit), ping(kit, ['reopen']), lookAtNewPrimary(kit, ['ping'], 'rest')];
  }
  return [
    ...documented(kit),
    atBootAgain(kit, kit.target, ['reopen']),
    servicesStart(kit, ['reopen']),
    ping(kit, ['services-start']),
    ...(isFollowed(kit.context) ? [fileSyncStart(kit, ['services-start'])] : []),
    ...(vipOnOther(kit.context) ? [otherAsBefore(kit, ['ping'])] : []),
    isFollowed(kit.context)
      ? lookAtNewPrimary(kit, ['ping', 'file-sync-start', 'mysql-at-boot'], 'flow')
      : lookAtNewPrimary(kit, ['ping', 'mysql-at-boot'], 'rest'),
  ];
}

/** A documented standby: keepalived comes back as BACKUP, and MySQL stays closed as before. */
function persistAsBefore(kit: StepKit): Step {
  return {
    id: 'keepalived-returns',
    title: 'keepalived comes back',
    host: kit.target,
    why: 'It is a replica, so MySQL stays closed. Without keepalived it could not take the virtual IP over.',
    phase: 'open',
    needs: [],
    shown: ['systemctl start keepalived', shownHelper('units unmask')],
    act: leased(`systemctl start keepalived && ${kit.helper} units unmask`, 10_000),
    verify: unleased('systemctl is-active --quiet keepalived || exit 1', 5_000),
    danger: 'irreversible',
    usualMs: 40,
  };
}
