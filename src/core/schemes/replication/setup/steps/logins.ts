import type { Step } from '../../../../plan/plan';
import { shellQuote } from '../../../../quote';
import { unleased } from '../../steps/kit';
import { forward, on, type SetupKit } from './kit';
import { GUARD, loginOf, ROOT } from './trust';

/** Each way that will be needed is tried once, as it will be used. */
export function trustTried(kit: SetupKit, host: string, needs: readonly string[]): Step {
  const other = host === kit.primary ? kit.standby : kit.primary;
  const login = `${loginOf(kit, other)}@${other}`;
  const may = loginOf(kit, other) === 'root' ? 'true' : 'sudo -n true';
  const guard = `ssh -F /dev/null -o BatchMode=yes -o ConnectTimeout=5 -o IdentitiesOnly=yes -o UserKnownHostsFile=${GUARD}/known_hosts -i ${GUARD}/id_ed25519`;
  return forward({
    id: `trust-tried-${host}`,
    title: 'Try each login as it will be used',
    host,
    why: 'A login that fails on the night of a failover is found now.',
    needs,
    shown: [
      `ssh -o BatchMode=yes ${login} ${may}`,
      `ssh -i ${GUARD}/id_ed25519 root@${other}   # answers with its status`,
      `ssh -i ${GUARD}/id_ed25519 root@${kit.witness}`,
    ],
    act: unleased(
      [
        `ssh -o BatchMode=yes -o ConnectTimeout=5 ${shellQuote(login)} '${may}' </dev/null || { echo '${login} does not answer to a key alone (for root: PermitRootLogin; else sudo without a password)' >&2; exit 1; }`,
        ...[other, kit.witness].map(
          (name) =>
            `${guard} ${shellQuote(`root@${name}`)} </dev/null | grep -q '"version":1' || { echo 'the guard gets no status from ${name}' >&2; exit 1; }`,
        ),
      ].join('\n'),
      40_000,
    ),
    usualMs: 900,
  });
}

/** The key that cmon reaches the managed nodes with: the same on both, or a failover reaches no cluster. */
export function cmonKey(kit: SetupKit, needs: readonly string[]): Step {
  const key = `${ROOT}/id_rsa`;
  const other = shellQuote(`${kit.syncUser}@${kit.standby}`);
  const sudo = kit.syncUser === 'root' ? '' : 'sudo -n ';
  const rsyncPath = sudo === '' ? '' : `--rsync-path='sudo -n rsync' `;
  const same = `a=$(ssh-keygen -l -f ${key} | cut -d' ' -f2) && b=$(ssh -o BatchMode=yes ${other} "${sudo}ssh-keygen -l -f ${key} 2>/dev/null | cut -d' ' -f2" </dev/null)`;
  return forward({
    id: 'cmon-key',
    title: 'cmon’s key for the managed nodes is the same on both',
    host: kit.primary,
    why: `Without it ${kit.standby} reaches none of its clusters after a failover. It goes from host to host, encrypted, and to nobody else. Another key that ${kit.standby} has stays, and is said.`,
    needs,
    shown: [
      `[ -s ${key} ] || ssh-keygen -t rsa -b 4096 -N '' -f ${key}`,
      `rsync -a ${key} ${key}.pub ${kit.syncUser}@${kit.standby}:${ROOT}/   # only where it has none`,
    ],
    act: on(
      kit,
      kit.primary,
      `umask 077; [ -s ${key} ] || ssh-keygen -q -t rsa -b 4096 -N '' -C ${shellQuote(`cmon@${kit.context.site.name}`)} -f ${key} || exit 1
${same} || exit 1
[ -n "$b" ] || rsync -a --ignore-existing ${rsyncPath}-e 'ssh -o BatchMode=yes' ${key} ${key}.pub ${other}:${ROOT}/ || exit 1
${same} || exit 1
[ "$a" = "$b" ] || { echo "${kit.standby} has another ${key}: $b there, $a here. Copy the right one by hand; neither was touched" >&2; exit 1; }`,
      60_000,
      { unlocked: true },
    ),
    optional: true,
    usualMs: 900,
  });
}
