import type { Step } from '../../../plan/plan';
import { shellQuote } from '../../../quote';
import { leased, unleased } from '../steps/kit';
import { type DeployContext, type Effects, effectsOn } from './context';
import { keptFolder } from './install';

/** Marks of what was read anew, so that an undo lets the same daemons read the old files. */
function mark(context: DeployContext, what: string): string {
  const folder = keptFolder(context);
  return `mkdir -p -- ${shellQuote(folder)} && true >${shellQuote(`${folder}/reread-${what}`)} || exit 1\n`;
}

function marked(context: DeployContext, what: string, script: string): string {
  return `if [ -e ${shellQuote(`${keptFolder(context)}/reread-${what}`)} ]; then ${script}; fi || exit 1\n`;
}

const SYSTEMD = 'systemctl daemon-reload';
const GUARD = 'systemctl try-restart clustercontrol-ha-guard';
const KEEPALIVED = 'systemctl reload-or-restart keepalived';
const LSYNCD = 'systemctl try-restart lsyncd';

function sysctlFile(context: DeployContext, host: string): string | undefined {
  return context.chosen.find(({ file }) => file.host === host && file.path.startsWith('/etc/sysctl.d/'))?.file
    .path;
}

/**
 * The first step of a host. It changes nothing; its undo is the last of the host, when the old files are back, and lets
 * those daemons that had read the new ones read the old ones.
 */
export function before(
  context: DeployContext,
  host: string,
  needs: readonly string[],
  paused: boolean,
): Step {
  const onWitness = host === context.site.prometheus.name;
  const script = onWitness ? unleased : leased;
  const sysctl = sysctlFile(context, host);
  const standby = host === context.target.name;
  return {
    id: `before-${host}`,
    title: 'Make room for the old versions',
    host,
    why: 'Everything that is replaced is kept there, and comes back from there.',
    phase: 'prepare',
    needs,
    shown: [`install -d -m 700 ${keptFolder(context)}`],
    act: script(
      `set -u; umask 077; mkdir -p -- ${shellQuote(keptFolder(context))} && [ -w ${shellQuote(keptFolder(context))} ]`,
      10_000,
    ),
    undo: {
      shown: ['# what had read a new file reads the old one'],
      script: script(
        marked(context, 'systemd', SYSTEMD) +
          (sysctl === undefined
            ? ''
            : marked(
                context,
                'sysctl',
                `[ ! -e ${shellQuote(sysctl)} ] || sysctl -q -p ${shellQuote(sysctl)}`,
              )) +
          // The guard's own unit may be one of the new files: then it is gone again.
          marked(context, 'guard', `! systemctl cat clustercontrol-ha-guard >/dev/null 2>&1 || ${GUARD}`) +
          marked(context, 'keepalived', KEEPALIVED) +
          marked(context, 'lsyncd', LSYNCD),
        40_000,
      ),
      // A speaker of other VRRP parameters than the primary's must not come up beside it.
      ...(paused && standby ? { requires: [`before-${context.source.name}`] } : {}),
      effect: `the daemons of ${host} run by their old files`,
    },
    danger: 'none',
    usualMs: 15,
  };
}

/** Units, kernel settings and the guard: what interrupts nobody. */
export function quietReload(
  context: DeployContext,
  host: string,
  needs: readonly string[],
): Step | undefined {
  const effects = effectsOn(context, host);
  const sysctl = sysctlFile(context, host);
  const tmpfiles = 'systemd-tmpfiles --create /etc/tmpfiles.d/clustercontrol-ha.conf';
  const parts: [keyof Effects, string][] = [
    ['systemd', SYSTEMD],
    ['tmpfiles', tmpfiles],
    ['sysctl', `sysctl -q -p ${shellQuote(sysctl ?? '')}`],
    ['guard', GUARD],
  ];
  const wanted = parts.filter(([effect]) => effects[effect]);
  if (wanted.length === 0) return undefined;
  const script = host === context.site.prometheus.name ? unleased : leased;
  return {
    id: `reread-${host}`,
    title: 'Units, kernel and guard read their new files',
    host,
    why: 'None of this interrupts anything. What the units say counts from their next start on.',
    phase: 'prepare',
    needs,
    shown: wanted.map(([, command]) => command),
    act: script(
      wanted.map(([effect, command]) => `${mark(context, effect)}${command} || exit 1\n`).join(''),
      30_000,
    ),
    noUndo: 'the old files are read again by the undo of the first step of this host',
    danger: 'none',
    usualMs: 400,
  };
}

/** True where this host holds the VIP. */
function holds(context: DeployContext, host: string): string {
  const device = context.site.controllers.find(({ name }) => name === host)?.interface ?? '';
  return `[ -n "$(ip -4 -o addr show dev ${shellQuote(device)} to ${shellQuote(`${context.site.vip}/32`)})" ]`;
}

/** SIGHUP keeps the state of an instance that stays the same. Who holds the address is watched for three intervals. */
export function keepalivedReload(context: DeployContext, host: string, needs: readonly string[]): Step {
  const holder = holds(context, host);
  return {
    id: `keepalived-${host}`,
    title: 'keepalived reads its new file',
    host,
    why: `${context.site.vip} stays where it is. It is watched while keepalived reads: were it to move, everything is undone.`,
    phase: 'prepare',
    needs,
    shown: [
      'systemctl reload keepalived   # not started where it is stopped',
      `ip -4 addr show to ${context.site.vip}   # as before, for 2 s`,
    ],
    act: leased(
      `systemctl is-active --quiet keepalived || exit 0
${mark(context, 'keepalived')}if ${holder}; then was=yes; else was=no; fi
systemctl reload keepalived || exit 1
for _ in $(seq 40); do
  if ${holder}; then now=yes; else now=no; fi
  [ $now = $was ] || { echo "the virtual IP moved: held $was before, $now now" >&2; exit 1; }
  systemctl is-active --quiet keepalived || { echo 'keepalived does not run any more' >&2; exit 1; }
  sleep 0.05
done`,
      25_000,
    ),
    noUndo: 'the old file is read again by the undo of the first step of this host',
    danger: 'none',
    usualMs: 2_300,
  };
}

/** The two must not speak differently beside each other: each would take itself for alone. */
export function keepalivedPause(context: DeployContext, needs: readonly string[]): Step {
  const { target, site } = context;
  return {
    id: 'keepalived-pause',
    title: 'Stop keepalived on the standby',
    host: target.name,
    why: `Both must speak VRRP alike. Until it is back there is nobody to take ${site.vip} over.`,
    phase: 'prepare',
    needs,
    shown: ['systemctl stop keepalived'],
    act: leased(
      `systemctl is-active --quiet keepalived || exit 0\n${mark(context, 'keepalived')}systemctl stop keepalived`,
      20_000,
    ),
    undo: {
      shown: ['systemctl stop keepalived   # until the primary speaks as before'],
      // Who undoes after a death takes back steps that never began, too: nobody would start again what this stops.
      script: leased(marked(context, 'keepalived', 'systemctl stop keepalived'), 20_000),
      effect: `keepalived of ${target.name} waits for its old file`,
    },
    danger: 'none',
    usualMs: 1_100,
  };
}

export function keepalivedResume(context: DeployContext, needs: readonly string[]): Step {
  const { target, site } = context;
  const holder = holds(context, target.name);
  return {
    id: 'keepalived-resume',
    title: 'Start keepalived on the standby',
    host: target.name,
    why: `It hears the primary now, and leaves ${site.vip} there.`,
    phase: 'prepare',
    needs,
    shown: ['systemctl start keepalived', `ip -4 addr show to ${site.vip}   # never here`],
    act: leased(
      `[ -e ${shellQuote(`${keptFolder(context)}/reread-keepalived`)} ] || exit 0
systemctl start keepalived || exit 1
for _ in $(seq 80); do
  ! ${holder} || { systemctl stop keepalived; echo 'it took the virtual IP: stopped again' >&2; exit 1; }
  sleep 0.05
done
systemctl is-active --quiet keepalived`,
      20_000,
    ),
    undo: {
      shown: ['systemctl stop keepalived'],
      script: leased(marked(context, 'keepalived', 'systemctl stop keepalived'), 20_000),
      effect: `keepalived of ${target.name} does not speak beside the old one`,
    },
    danger: 'none',
    usualMs: 4_200,
  };
}

/** Where it runs: on the primary. */
export function lsyncdRestart(context: DeployContext, host: string, needs: readonly string[]): Step {
  return {
    id: `lsyncd-${host}`,
    title: 'lsyncd reads its new file',
    host,
    why: 'It can only be restarted. Changes of a few seconds are synced by its first pass.',
    phase: 'prepare',
    needs,
    shown: ['systemctl try-restart lsyncd   # not started where it is stopped'],
    act: leased(
      `systemctl is-active --quiet lsyncd || exit 0
${mark(context, 'lsyncd')}systemctl restart lsyncd || exit 1
for _ in $(seq 20); do systemctl is-active --quiet lsyncd || { echo 'lsyncd ended again: see its log' >&2; exit 1; }; sleep 0.1; done`,
      30_000,
    ),
    noUndo: 'the old file is read again by the undo of the first step of this host',
    danger: 'none',
    usualMs: 2_300,
  };
}
