import type { Step } from '../../../../plan/plan';
import { shellQuote } from '../../../../quote';
import { leased, noProcess, shownHelper } from '../../steps/kit';
import { pathsOf } from '../../paths';
import type { ReplicationController } from '../../site';
import { NEEDED_PROGRAMS, packageOf } from '../assess/packages';
import { BEGIN, forward, on, SHELL_PATH, type SetupKit } from './kit';

/** Marks that the set-up began. Nothing before it changes a host, everything after it leads forward. */
export function begin(kit: SetupKit): Step {
  const mark = shellQuote(`${kit.rejoin.context.keptFolder}/begun`);
  return {
    id: BEGIN,
    title: 'Begin',
    host: kit.primary,
    why: 'From here on the way leads forward. A set-up that stops anywhere goes on where it stopped: each step looks first.',
    phase: 'open',
    needs: [],
    shown: [`touch ${kit.rejoin.context.keptFolder}/begun`],
    act: leased(
      `mkdir -p -m 700 -- ${shellQuote(kit.rejoin.context.keptFolder)} && true >${mark} && sync -- ${mark}`,
      10_000,
    ),
    verify: leased(`[ -e ${mark} ] || exit 1`, 10_000),
    danger: 'irreversible',
    usualMs: 20,
  };
}

/** Only what no program of the host answers for. Services that a package starts by itself rest until their turn. */
export function packages(kit: SetupKit, { name, os }: ReplicationController): Step {
  const wanted = NEEDED_PROGRAMS.map((one) => `${one.program}:${packageOf(one, os)}`).join(' ');
  const lacking = `set --; for one in ${wanted}; do command -v "\${one%%:*}" >/dev/null || set -- "$@" "\${one#*:}"; done`;
  const install =
    os === 'rhel'
      ? 'dnf install -y "$@"'
      : // A lock of unattended-upgrades is waited for. What a host has been configured with stays.
        `export DEBIAN_FRONTEND=noninteractive; install() { apt-get -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confold -y --no-install-recommends install "$@"; }
install "$@" || { apt-get -o DPkg::Lock::Timeout=300 update && install "$@"; }`;
  const names = kit.context.facts[name]?.lacking.map((one) => one.package) ?? [];
  return forward({
    id: `packages-${name}`,
    title: names.length === 0 ? 'All programs are there' : 'Install what is lacking',
    host: name,
    why: 'Looked for by program: a MySQL or keepalived from elsewhere is respected.',
    needs: [],
    shown:
      names.length === 0
        ? [`command -v ${NEEDED_PROGRAMS.map(({ program }) => program).join(' ')}`]
        : [`${os === 'rhel' ? 'dnf' : 'apt-get'} install -y ${names.join(' ')}`],
    act: leased(
      `${SHELL_PATH}\n${lacking}; [ $# -gt 0 ] || { echo 'nothing is lacking'; exit 0; }\n${install} || { echo "these could not be installed: $*" >&2; exit 1; }\n${lacking}; [ $# -eq 0 ] || { echo "still lacking after the installation: $*" >&2; exit 1; }`,
      1_800_000,
      { unlocked: true },
    ),
    verify: leased(`${SHELL_PATH}\n${lacking}; [ $# -eq 0 ] || exit 1`, 10_000),
    usualMs: names.length === 0 ? 20 : 60_000,
  });
}

const INSTALLER = [
  'wget https://severalnines.com/downloads/cmon/install-cc',
  'chmod +x install-cc',
  './install-cc    # follow the installation wizard',
];

/** A minute each: a wish to stop is heard in between. */
const INSTALLER_ATTEMPTS = 120;

/** The installer asks its own questions: it is run by the operator, and waited for. */
export function clusterControl(kit: SetupKit, { name }: ReplicationController): Step {
  const there = kit.context.facts[name]?.cmonThere === true;
  const [first = 'cmon'] = kit.context.site.services;
  const installed = `systemctl cat ${shellQuote(first)} >/dev/null 2>&1 && command -v cmon >/dev/null && command -v s9s >/dev/null`;
  return forward({
    id: `clustercontrol-${name}`,
    title: there ? 'ClusterControl is installed' : 'Install ClusterControl now: this waits for it',
    host: name,
    why: there
      ? 'It is respected as it is.'
      : `Its installer asks questions of its own: run it on ${name} as root, now. When cmon and s9s are there and its installer has ended, the set-up goes on by itself.`,
    needs: [`packages-${name}`],
    shown: there ? [`systemctl cat ${first}`, 'command -v cmon s9s'] : INSTALLER,
    act: leased(
      `${SHELL_PATH}\necho 'waiting for ClusterControl'; waited=0; until ${installed} && ! pgrep -f '[i]nstall-cc' >/dev/null; do
  [ $waited -lt 60 ] || { echo 'ClusterControl is not installed yet' >&2; exit 1; }
  sleep 1; waited=$((waited + 1))
done`,
      90_000,
      { unlocked: true },
    ),
    verify: leased(`${SHELL_PATH}\n${installed} || exit 1`, 10_000),
    attempts: INSTALLER_ATTEMPTS,
    usualMs: there ? 20 : 600_000,
  });
}

/** Step 3.2 of the documentation: stopped, and started by the role alone from now on. */
export function servicesRest(kit: SetupKit, { name, os }: ReplicationController): Step {
  const { services } = kit.context.site;
  const { mysqlUnit } = pathsOf(os);
  const units = [...services, 'lsyncd'].map(shellQuote).join(' ');
  return forward({
    id: `services-rest-${name}`,
    title: 'Stop the ClusterControl services, and let no boot start them',
    host: name,
    why: 'From now on the role starts them, on the primary alone. keepalived and MySQL start at boot.',
    needs: [`clustercontrol-${name}`],
    shown: [
      shownHelper('units stop'),
      `systemctl disable ${services.join(' ')} lsyncd`,
      'systemctl stop lsyncd keepalived',
      `systemctl enable ${mysqlUnit} keepalived`,
    ],
    act: leased(
      `${SHELL_PATH}\n${kit.helper} units stop || exit 1
for unit in ${units}; do systemctl disable --quiet "$unit" 2>/dev/null || :; done
systemctl stop lsyncd keepalived 2>/dev/null || :
${noProcess('lsyncd')} && ${noProcess('keepalived')} || { echo 'lsyncd or keepalived does not stop' >&2; exit 1; }
systemctl enable --quiet ${shellQuote(mysqlUnit)} keepalived`,
      90_000,
    ),
    verify: leased(`${noProcess('cmon')} && ${noProcess('lsyncd')} || exit 1`, 10_000),
    danger: 'interrupts',
    usualMs: 700,
  });
}

/** What new files need to be read: units, tmpfiles, sysctl. */
export function reread(kit: SetupKit, host: string, needs: readonly string[]): Step {
  const controller = host !== kit.witness;
  const sysctl = '/etc/sysctl.d/90-clustercontrol-ha.conf';
  return forward({
    id: `reread-${host}`,
    title: 'Let systemd and the kernel read the new files',
    host,
    why: 'Nothing is started by it.',
    needs,
    shown: [
      'systemctl daemon-reload',
      'systemd-tmpfiles --create /etc/tmpfiles.d/clustercontrol-ha.conf',
      ...(controller ? [`sysctl -p ${sysctl}`] : []),
    ],
    act: on(
      kit,
      host,
      `${SHELL_PATH}\nsystemctl daemon-reload && systemd-tmpfiles --create /etc/tmpfiles.d/clustercontrol-ha.conf${controller ? ` && sysctl -q -p ${sysctl}` : ''}`,
      60_000,
    ),
    usualMs: 500,
  });
}
