import { valueOf } from '../../../observe/fact';
import { type Step } from '../../../plan/plan';
import { shellQuote } from '../../../quote';
import { leased, noProcess, reopened, type StepKit, unleased, whereActive } from './kit';

const CONTROL = '/run/clustercontrol-ha/rsync-connection';

/**
 * The other end, as lsyncd of this host reaches it: its own configuration decides, since the inventory's ssh user is the
 * operator's login and need not be known between the hosts. Another user than root takes rsync through sudo.
 */
function remote(kit: StepKit): { readonly host: string; readonly rsyncPath: string } {
  const user = valueOf(kit.context.seen.source.lsyncd)?.login;
  return {
    host: user === undefined ? kit.target : `${user}@${kit.target}`,
    rsyncPath: user === undefined || user === 'root' ? '' : `--rsync-path='sudo -n rsync' `,
  };
}

/** What exists of the documented set, as positional parameters: a missing directory must not fail the pass. */
function present(kit: StepKit): string {
  const { directories, files } = kit.context.site.sync;
  const paths = [...directories, ...files].map(shellQuote).join(' ');
  return `set --; for p in ${paths}; do [ -e "$p" ] && set -- "$@" "$p"; done; [ $# -gt 0 ]`;
}

/** Without a word from the other side for so long, a pass gives up. In the outage an undo waits for it. */
const SILENCE_SECONDS = { meanwhile: 20, outage: 8 } as const;

/** rsync's exit code where a file went away while it was read, as files of a running controller do (rsync(1), EXIT VALUES). */
const VANISHED = 24;

function rsync(kit: StepKit, options: string, silenceSeconds: number = SILENCE_SECONDS.meanwhile): string {
  const { host, rsyncPath } = remote(kit);
  return `rsync -a --relative --delete --timeout=${silenceSeconds} ${options}${rsyncPath}-e ${shellQuote(`ssh -o BatchMode=yes -o ControlPath=${CONTROL}`)} "$@" ${shellQuote(`${host}:/`)}`;
}

/** A shell command that brings a folder over as it is, to the same place. */
export function sendFolder(kit: StepKit, folder: string): string {
  return `set -- ${shellQuote(folder)}; ${rsync(kit, '')}`;
}

function shownRsync(kit: StepKit): string {
  const { directories, files } = kit.context.site.sync;
  return `rsync -a --relative --delete ${[...directories, ...files].join(' ')} ${remote(kit).host}:/`;
}

/** A standby that disappears is noticed in seconds: rsync itself would wait for ever. */
export function rsyncConnection(kit: StepKit): Step {
  const { host } = remote(kit);
  const check = `ssh -o ControlPath=${CONTROL} -O check ${shellQuote(host)}`;
  const close = `ssh -o ControlPath=${CONTROL} -O exit ${shellQuote(host)} 2>/dev/null || true`;
  return {
    id: 'rsync-connection',
    title: 'Open the connection for the files',
    host: kit.source,
    why: 'Logging in takes longer than the last pass itself: the connection is opened before anything stops.',
    phase: 'prepare',
    needs: [],
    shown: [`ssh -M -N -f -o BatchMode=yes -o ControlPath=${CONTROL} ${host}`],
    act: leased(
      // A socket that a killed connection left behind would keep the new one from being shared, without a word.
      `mkdir -p ${CONTROL.slice(0, CONTROL.lastIndexOf('/'))}; ${check} 2>/dev/null || { rm -f ${CONTROL}; ssh -M -N -f -o BatchMode=yes -o ConnectTimeout=5 -o ServerAliveInterval=1 -o ServerAliveCountMax=4 -o ControlPath=${CONTROL} -o ControlPersist=120 ${shellQuote(host)} </dev/null >/dev/null 2>&1 && ${check}; }`,
      15_000,
      { unlocked: true },
    ),
    verify: unleased(`${check} || exit 1`, 5_000),
    undo: {
      shown: [`ssh -o ControlPath=${CONTROL} -O exit ${host}`],
      script: leased(close, 5_000),
      effect: 'the connection for the files is closed',
    },
    danger: 'none',
    usualMs: 150,
  };
}

/**
 * On the disk, as it counts behind a boot: which plan has disabled lsyncd's unit here, where it was enabled. A mark of another
 * plan is history: that one was not undone.
 */
const DISABLED_BY = '/var/lib/clustercontrol-ha/lsyncd-disabled';

/** -> plan: whose lease this is; empty where no lease can be read. */
const PLAN_OF_LEASE =
  'plan=; { read -r _ plan _ <"${CLUSTERCONTROL_HA_STATE:-/var/lib/clustercontrol-ha}/lease"; } 2>/dev/null';

const LSYNCD_OFF = [
  PLAN_OF_LEASE,
  // Noted first, and not noted again by a second try: then it is disabled already.
  `if [ "$(systemctl is-enabled lsyncd 2>/dev/null)" = enabled ]; then mkdir -p ${DISABLED_BY.slice(0, DISABLED_BY.lastIndexOf('/'))} && echo "$plan" >${DISABLED_BY} && timeout 5 sync ${DISABLED_BY} || { echo 'it could not be noted that lsyncd starts with a boot: make room on the disk' >&2; exit 1; }; fi`,
  `systemctl disable --quiet lsyncd 2>/dev/null; systemctl stop lsyncd; systemctl reset-failed lsyncd 2>/dev/null; ${noProcess('lsyncd')}`,
].join('\n');

/** A power cut in the next seconds would take the unit's link back (as measured with MySQL's, steps/mysqlAtBoot.ts): it is synced. */
const LSYNCD_AT_BOOT_AGAIN = [
  PLAN_OF_LEASE,
  `by=; { read -r by <${DISABLED_BY}; } 2>/dev/null`,
  `if [ -n "$by" ] && [ "$by" = "$plan" ]; then systemctl enable --quiet lsyncd && timeout 5 sync && rm -f ${DISABLED_BY} || exit 1; fi`,
].join('\n');

/** lsyncd stops before the last pass: two writers of one target would disturb each other. */
export function fileSyncStop(kit: StepKit, needs: readonly string[]): Step {
  const start = whereActive(kit, 'systemctl start lsyncd && systemctl is-active --quiet lsyncd');
  return {
    id: 'file-sync-stop',
    title: 'Stop lsyncd on the old primary',
    host: kit.source,
    why: 'From here on files are brought over by hand, so that what is done is known.',
    phase: 'prepare',
    needs,
    shown: ['systemctl disable --now lsyncd'],
    act: leased(LSYNCD_OFF, 20_000),
    verify: unleased(noProcess('lsyncd'), 5_000),
    undo: {
      shown: ['systemctl enable lsyncd   # where it was enabled before', 'systemctl start lsyncd'],
      script: leased(`${LSYNCD_AT_BOOT_AGAIN}\n${start}`, 20_000),
      effect: `lsyncd runs on ${kit.source} again, and starts with a boot where it did before`,
    },
    danger: 'none',
    usualMs: 60,
  };
}

export function filesFirstPass(kit: StepKit, needs: readonly string[]): Step {
  return {
    id: 'files-first-pass',
    title: 'Bring the files over, first pass',
    host: kit.source,
    why: 'What is copied while users work need not be copied while they wait.',
    phase: 'prepare',
    needs,
    shown: [shownRsync(kit)],
    act: leased(
      `${present(kit)}; ${rsync(kit, '')}; code=$?; [ $code -ne ${VANISHED} ] || code=0; exit $code`,
      600_000,
      { unlocked: true },
    ),
    danger: 'none',
    noUndo: 'a copy on the standby was refreshed',
    usualMs: 80,
  };
}

export function filesLastPass(kit: StepKit, needs: readonly string[]): Step {
  return {
    id: 'files-last-pass',
    title: 'Bring the files over, last pass',
    host: kit.source,
    why: 'cmon has stopped: what it wrote last comes over, until a pass finds nothing that differs.',
    phase: 'outage',
    needs,
    shown: [
      `${shownRsync(kit).replace('rsync ', 'rsync --itemize-changes ')}  # again until it prints nothing`,
    ],
    act: leased(
      // A pass that changes nothing is the proof that a dry run would be: mostly the first one already.
      `${present(kit)}; n=0; while :; do left=$(${rsync(kit, '--itemize-changes ', SILENCE_SECONDS.outage)}); code=$?; case $code in 0) [ -n "$left" ] || exit 0;; ${VANISHED}) left="files vanish while they are read. $left";; *) exit $code;; esac; n=$((n + 1)); [ $n -lt 5 ] || { echo "still different: $left" >&2; exit 1; }; done`,
      // One that hangs keeps users from writing until it is killed.
      60_000,
      { unlocked: true },
    ),
    danger: 'none',
    noUndo: 'a copy on the standby was refreshed',
    usualMs: 60,
  };
}

/** Also after a start that failed. After a power cut nobody else starts it: the guard leaves the host to the run. */
export const LSYNCD_START = 'systemctl reset-failed lsyncd 2>/dev/null; systemctl start lsyncd';

export function fileSyncStart(kit: StepKit, needs: readonly string[]): Step {
  const { shown, ...mend } = reopened(kit);
  return {
    id: 'file-sync-start',
    title: 'Start lsyncd on the new primary',
    host: kit.target,
    why: `Files flow from ${kit.target} to ${kit.source} now, which is a standby of this epoch.`,
    phase: 'after',
    needs,
    shown: ['systemctl start lsyncd', ...shown],
    ...mend,
    act: leased(`${LSYNCD_START} && systemctl is-active --quiet lsyncd`, 20_000),
    verify: unleased('systemctl is-active --quiet lsyncd || exit 1', 5_000),
    danger: 'none',
    usualMs: 30,
  };
}

export function rsyncConnectionClose(kit: StepKit, needs: readonly string[]): Step {
  const { host } = remote(kit);
  return {
    id: 'rsync-connection-close',
    title: 'Close the connection for the files',
    host: kit.source,
    why: 'Nothing is left behind.',
    phase: 'after',
    needs,
    shown: [`ssh -o ControlPath=${CONTROL} -O exit ${host}`],
    act: unleased(`ssh -o ControlPath=${CONTROL} -O exit ${shellQuote(host)} 2>/dev/null || true`, 5_000),
    optional: true,
    danger: 'none',
    usualMs: 10,
  };
}
