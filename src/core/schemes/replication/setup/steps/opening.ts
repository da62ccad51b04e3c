import type { Step } from '../../../../plan/plan';
import { shellQuote } from '../../../../quote';
import { filesKept, persistReset } from '../../rejoin/steps/afterwards';
import { lookAtNewPrimary, lookAtNewStandby } from '../../steps/afterwards';
import { fileSyncStart } from '../../steps/files';
import { leased, shownHelper, unleased } from '../../steps/kit';
import { ping, servicesUnmask } from '../../steps/services';
import { rulesTo } from '../../steps/snatRule';
import { borrowed, forward, type SetupKit } from './kit';

/** The documentation's order: the address first, then ClusterControl, then the files, then the other keepalived. */
export function opening(kit: SetupKit, needs: readonly string[]): Step[] {
  const { inward } = kit.rejoin;
  return [
    keepalivedStart(kit, kit.primary, needs),
    address(kit, [`keepalived-${kit.primary}`]),
    servicesStart(kit, ['address']),
    borrowed(ping(inward, []), ['services-start']),
    borrowed(filesKept(kit.rejoin, []), ['ping']),
    borrowed(fileSyncStart(inward, []), ['files-kept']),
    keepalivedStart(kit, kit.standby, ['file-sync-start']),
    borrowed(servicesUnmask(inward, []), [`keepalived-${kit.standby}`]),
    borrowed(persistReset(kit.rejoin, []), [`keepalived-${kit.standby}`]),
    guardStart(kit, kit.primary, ['services-unmask', 'persist-reset']),
    guardStart(kit, kit.standby, ['services-unmask', 'persist-reset']),
    snatOnce(kit, [`guard-${kit.primary}`]),
    fileSyncLog(kit, [`guard-${kit.primary}`]),
    borrowed(lookAtNewPrimary(inward, []), [`guard-${kit.primary}`, `guard-${kit.standby}`]),
    borrowed(lookAtNewStandby(inward, []), [`guard-${kit.primary}`, `guard-${kit.standby}`]),
  ];
}

function keepalivedStart(kit: SetupKit, host: string, needs: readonly string[]): Step {
  const primary = host === kit.primary;
  return forward({
    id: `keepalived-${host}`,
    title: 'Start keepalived',
    host,
    why: primary
      ? 'It rests until the role’s flag is there.'
      : 'It rests as long as this host is the standby: the next promotion needs it at once.',
    needs,
    shown: ['systemctl start keepalived', ...(primary ? [] : [shownHelper('vip wait absent 5000')])],
    act: leased(
      `systemctl start keepalived && systemctl is-active --quiet keepalived${primary ? '' : ` && ${kit.helper} vip wait absent 5000`}`,
      20_000,
    ),
    verify: leased('systemctl is-active --quiet keepalived || exit 1', 5_000),
    usualMs: 100,
  });
}

function address(kit: SetupKit, needs: readonly string[]): Step {
  const { vip } = kit.context.site;
  return forward({
    id: 'address',
    title: `${kit.primary} takes ${vip}`,
    host: kit.primary,
    why: 'Only the primary has the flag that keepalived follows.',
    needs,
    shown: [shownHelper(`flag set ${kit.epoch}`), shownHelper('vip wait held 15000')],
    act: leased(`${kit.helper} flag set ${kit.epoch} && ${kit.helper} vip wait held 15000`, 30_000),
    usualMs: 4_000,
  });
}

function servicesStart(kit: SetupKit, needs: readonly string[]): Step {
  const units = kit.context.site.services.join(' ');
  return forward({
    id: 'services-start',
    title: 'Start the ClusterControl services',
    host: kit.primary,
    why: `MySQL is open and ${kit.context.site.vip} is here.`,
    needs,
    shown: [
      shownHelper('units start'),
      `# systemctl start ${units}; cmon must be active, others that are not are named`,
    ],
    act: leased(`${kit.helper} units start`, 60_000),
    verify: leased('systemctl is-active --quiet cmon || exit 1', 5_000),
    usualMs: 400,
  });
}

/** Last of all: under this lease it only looks; afterwards it keeps what it finds. */
function guardStart(kit: SetupKit, host: string, needs: readonly string[]): Step {
  return forward({
    id: `guard-${host}`,
    title: 'Start the guard',
    host,
    why: 'From now on it keeps this host to its role, at every boot too.',
    needs,
    shown: ['systemctl enable --now clustercontrol-ha-guard'],
    act: leased(
      'systemctl enable --quiet --now clustercontrol-ha-guard && systemctl is-active --quiet clustercontrol-ha-guard',
      20_000,
    ),
    verify: leased('systemctl is-active --quiet clustercontrol-ha-guard || exit 1', 5_000),
    usualMs: 200,
  });
}

/** Step 5.14 of the documentation: the rewriting is there, once. */
function snatOnce(kit: SetupKit, needs: readonly string[]): Step {
  return forward({
    id: 'snat-once',
    title: 'Packets leave under the virtual IP, by one rule',
    host: kit.primary,
    why: 'A second rule would stay behind when the first is taken away.',
    needs,
    shown: ['iptables -t nat -S   # one rule to the virtual IP'],
    act: unleased(
      `n=$(iptables -w 5 -t nat -S | ${rulesTo(kit.context.site.vip, '-c')}); [ "$n" = 1 ] || { echo "$n rules rewrite to the virtual IP" >&2; exit 1; }`,
      10_000,
    ),
    usualMs: 30,
  });
}

/** Step 5.10: a file of the primary is on the standby, not only "active". */
function fileSyncLog(kit: SetupKit, needs: readonly string[]): Step {
  const { directories } = kit.context.site.sync;
  const folders = directories.map(shellQuote).join(' ');
  const other = shellQuote(`${kit.syncUser}@${kit.standby}`);
  const sudo = kit.syncUser === 'root' ? '' : 'sudo -n ';
  return forward({
    id: 'file-sync-works',
    title: 'Files flow to the standby',
    host: kit.primary,
    why: 'A file is put into a synchronised folder and waited for on the other host: a unit that is active proves nothing.',
    needs,
    shown: [`touch …/.clustercontrol-ha-sync   # and wait until ${kit.standby} has it`],
    act: unleased(
      // Taken away on both: lsyncd would leave it there for its delay, as a file that only the standby has.
      `forget() { rm -f "$mark"; ssh -o BatchMode=yes -o ConnectTimeout=5 ${other} "${sudo}rm -f -- '$mark'" </dev/null; }
folder=; for one in ${folders}; do [ -d "$one" ] && { folder=$one; break; }; done
[ -n "$folder" ] || { echo 'there is no folder to synchronise yet' >&2; exit 0; }
mark=\${folder%/}/.clustercontrol-ha-sync; date +%s.%N >"$mark" || exit 1
for _ in $(seq 60); do
  there=$(ssh -o BatchMode=yes -o ConnectTimeout=5 ${other} "${sudo}cat -- '$mark' 2>/dev/null" </dev/null) && [ "$there" = "$(cat "$mark")" ] && { forget; exit 0; }
  sleep 1
done
forget; echo "no file came to ${kit.standby} within a minute: /var/log/lsyncd.log says why" >&2; exit 1`,
      90_000,
    ),
    optional: true,
    usualMs: 16_000,
  });
}
