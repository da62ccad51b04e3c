import type { Step } from '../../../../plan/plan';
import { shellQuote } from '../../../../quote';
import { keptFolder } from '../../deploy/install';
import { DEPLOYED_HELPER, leased, unleased } from '../../steps/kit';
import type { HardenContext } from '../context';
import { STATE } from './state';

const FOLDER = `${STATE}/ssh`;
const TAG = 'clustercontrol-ha-guard@';

/** The public key that this host's sshd shows; without an ed25519 key the next best. */
function hostKey(output: string): string {
  return `for key in ed25519 ecdsa rsa; do
  [ -r "/etc/ssh/ssh_host_\${key}_key.pub" ] || continue
  read -r type text _ <"/etc/ssh/ssh_host_\${key}_key.pub" && printf '@${output}=%s %s\\n' "$type" "$text" && break
done`;
}

const roleName = (context: HardenContext, host: string): 'primary' | 'standby' =>
  host === context.source.name ? 'primary' : 'standby';

/** A key of the guard's own. Its private half never leaves the host. */
export function guardKey(context: HardenContext, host: string, needs: readonly string[]): Step {
  const role = roleName(context, host);
  const made = shellQuote(`${keptFolder(context)}/guard-key-made`);
  return {
    id: `guard-key-${host}`,
    title: 'A key for the guard',
    host,
    why: 'It asks the other two who is primary, by a key that may do nothing else.',
    phase: 'prepare',
    needs,
    shown: [`ssh-keygen -t ed25519 -N '' -C ${TAG}${host} -f ${FOLDER}/id_ed25519`],
    act: leased(
      `set -u; umask 077
mkdir -p ${FOLDER} || exit 1
if ! [ -s ${FOLDER}/id_ed25519 ] || ! [ -s ${FOLDER}/id_ed25519.pub ]; then
  rm -f ${FOLDER}/id_ed25519 ${FOLDER}/id_ed25519.pub
  ssh-keygen -q -t ed25519 -N '' -C ${shellQuote(`${TAG}${host}`)} -f ${FOLDER}/id_ed25519 </dev/null && true >${made} || exit 1
fi
read -r type text _ <${FOLDER}/id_ed25519.pub && printf '@guard_key_${role}=%s %s\\n' "$type" "$text" || exit 1
${hostKey(`host_key_${role}`)}`,
      20_000,
      { outputs: [`guard_key_${role}`, `host_key_${role}`] },
    ),
    undo: {
      shown: [`rm -r ${FOLDER}   # where this operation has made it`],
      script: leased(`[ ! -e ${made} ] || rm -rf ${FOLDER} ${made}`, 10_000),
      effect: `the guard of ${host} has no key`,
    },
    danger: 'none',
    usualMs: 30,
  };
}

/** The witness only answers: it needs no key, its host key must be known to the guards. */
export function witnessKey({ site }: HardenContext, needs: readonly string[]): Step {
  return {
    id: 'host-key-witness',
    title: "The witness's host key",
    host: site.prometheus.name,
    why: 'Guards trust no host key that was not read over a connection that is trusted already.',
    phase: 'prepare',
    needs,
    shown: ['cat /etc/ssh/ssh_host_ed25519_key.pub'],
    act: unleased(hostKey('host_key_witness'), 10_000, { outputs: ['host_key_witness'] }),
    danger: 'none',
    usualMs: 10,
  };
}

/** Lines of others stay; ours are those that end with our tag. */
function withoutOurs(hosts: readonly string[]): string {
  const wanted = hosts.map((host) => `$NF != ${JSON.stringify(`${TAG}${host}`)}`).join(' && ');
  return `awk ${shellQuote(wanted)} "$file"`;
}

const AUTHORIZED = `set -u; umask 077
file=~root/.ssh/authorized_keys
mkdir -p ~root/.ssh && { [ -e "$file" ] || true >"$file"; } || exit 1
file=$(readlink -f -- "$file") && new=$file.clustercontrol-ha-new || exit 1
`;
const REPLACE = `chmod --reference="$file" -- "$new" && chown --reference="$file" -- "$new" && sync -- "$new" && mv -fT -- "$new" "$file" || exit 1
! command -v restorecon >/dev/null || restorecon -- "$file"`;

/** The guards of the other controllers may ask here, by a forced command. */
export function trustGuards(context: HardenContext, host: string, needs: readonly string[]): Step {
  const { source, target, site } = context;
  const guards = [source.name, target.name].filter((name) => name !== host);
  const script = host === site.prometheus.name ? unleased : leased;
  const lines = guards.map((name) => {
    const command = `restrict,command="${DEPLOYED_HELPER} peer ${name}"`;
    return `printf '%s %s %s\\n' ${shellQuote(command)} "$guard_key_${roleName(context, name)}" ${shellQuote(`${TAG}${name}`)}`;
  });
  const known =
    host === site.prometheus.name
      ? ''
      : `
{ ${guards.map((name) => `printf '%s %s\\n' ${shellQuote(name)} "$host_key_${roleName(context, name)}"`).join('; ')}; printf '%s %s\\n' ${shellQuote(site.prometheus.name)} "$host_key_witness"; } >${FOLDER}/known_hosts`;
  return {
    id: `trust-${host}`,
    title: 'The guards of the others may ask here',
    host,
    why: 'Their keys are good for one command, whatever is asked for: it tells the role of this host and nothing else.',
    phase: 'prepare',
    needs,
    shown: guards.map(
      (name) =>
        `echo 'restrict,command="${DEPLOYED_HELPER} peer ${name}" ssh-ed25519 … ${TAG}${name}' >>~root/.ssh/authorized_keys`,
    ),
    act: script(
      `${AUTHORIZED}{ ${withoutOurs(guards)} && ${lines.join(' && ')}; } >"$new" || exit 1
${REPLACE}${known}`,
      15_000,
      {
        inputs: [
          ...guards.map((name) => `guard_key_${roleName(context, name)}`),
          ...(known === ''
            ? []
            : [...guards.map((name) => `host_key_${roleName(context, name)}`), 'host_key_witness']),
        ],
      },
    ),
    undo: {
      shown: guards.map((name) => `sed -i '/${TAG}${name}$/d' ~root/.ssh/authorized_keys`),
      script: script(`${AUTHORIZED}${withoutOurs(guards)} >"$new" || exit 1\n${REPLACE}`, 15_000),
      effect: `no guard may ask on ${host}`,
    },
    danger: 'none',
    usualMs: 30,
  };
}

/** A guard that nobody answers would close its host: both ways are tried before it is started. */
export function askOthers(context: HardenContext, host: string, needs: readonly string[]): Step {
  const { source, target, site } = context;
  const others = [source, target, site.prometheus].filter(({ name }) => name !== host);
  const ask = others.map(
    ({ name, address }) =>
      `ask ${shellQuote(name)} ${shellQuote(address)} || { echo ${shellQuote(`${name} does not answer the guard of ${host}`)} >&2; exit 1; }`,
  );
  return {
    id: `ask-${host}`,
    title: 'The guard gets an answer from both others',
    host,
    why: 'A primary that hears neither of them for some seconds closes itself. So this must work before its guard runs.',
    phase: 'prepare',
    needs,
    shown: others.map(({ name, address }) => `ssh -i ${FOLDER}/id_ed25519 root@${address} words   # ${name}`),
    act: unleased(
      `port=$(sed -n 's/^SSH_PORT=//p' /etc/default/clustercontrol-ha)
ask() {
  set -- "$1" "$2" $(timeout 8 ssh -F /dev/null -T -n -i ${FOLDER}/id_ed25519 -o IdentitiesOnly=yes -o BatchMode=yes -o UserKnownHostsFile=${FOLDER}/known_hosts -o GlobalKnownHostsFile=/dev/null -o HostKeyAlias="$1" -o StrictHostKeyChecking=yes -o UpdateHostKeys=no -o ConnectTimeout=5 -p "\${port:-22}" "root@$2" words)
  [ $# -eq 11 ] && [ "$4" = "$1" ]
}
${ask.join('\n')}`,
      25_000,
    ),
    danger: 'none',
    usualMs: 400,
  };
}
