import type { SiteHost } from '../../../../inventory/site';
import type { Step } from '../../../../plan/plan';
import { shellQuote } from '../../../../quote';
import { unleased } from '../../steps/kit';
import { forward, on, type SetupKit } from './kit';

/** The guard's own folder, and the keys that root of one controller logs in to the other with. */
const GUARD = '/var/lib/clustercontrol-ha/ssh';
const ROOT = '/root/.ssh';
const SYNC_KEY = `${ROOT}/id_ed25519`;

/** Letters of one OpenSSH public key: what is printed on one host becomes a line of a file on another. */
const PUBLIC_KEY = `case $%s in "ssh-ed25519 "*) case \${%s#ssh-ed25519 } in ''|*[!A-Za-z0-9+/=]*) false;; esac;; *) false;; esac || { echo 'that is no public key of OpenSSH' >&2; exit 1; }`;

function onlyKey(variable: string): string {
  return PUBLIC_KEY.replaceAll('%s', variable);
}

/** A captured value's name: letters, digits and underscores alone. */
function variable(what: string, index: number): string {
  return `${what}_key_${index}`;
}

function hosts({ context: { site, primary, standby } }: SetupKit): readonly SiteHost[] {
  return [primary, standby, site.prometheus];
}

/**
 * Public halves leave the host, private ones never do. Two keys a controller: the guard's, which may ask for the status and
 * nothing else; and root's own for file sync, made where root has none.
 */
export function keys(kit: SetupKit, host: string, needs: readonly string[]): Step {
  const index = hosts(kit).findIndex(({ name }) => name === host);
  const controller = host !== kit.witness;
  const make = (file: string, comment: string): string =>
    `[ -s ${file} ] || { rm -f ${file} ${file}.pub && ssh-keygen -q -t ed25519 -N '' -C ${shellQuote(comment)} -f ${file}; } || exit 1
[ -s ${file}.pub ] || ssh-keygen -y -f ${file} >${file}.pub || exit 1`;
  const print = (name: string, file: string): string =>
    `${name}=$(cut -d' ' -f1,2 ${file}) && ${onlyKey(name)} && printf '@${name}=%s\\n' "$${name}"`;
  const script = [
    ...(controller
      ? [
          `umask 077; mkdir -p ${GUARD} ${ROOT}`,
          make(`${GUARD}/id_ed25519`, `clustercontrol-ha-guard@${host}`),
          make(SYNC_KEY, `clustercontrol-ha-sync@${host}`),
          `${print(variable('guard', index), `${GUARD}/id_ed25519.pub`)} || exit 1`,
          `${print(variable('sync', index), `${SYNC_KEY}.pub`)} || exit 1`,
        ]
      : []),
    '[ -s /etc/ssh/ssh_host_ed25519_key.pub ] || ssh-keygen -A >/dev/null || exit 1',
    print(variable('host', index), '/etc/ssh/ssh_host_ed25519_key.pub'),
  ].join('\n');
  const outputs = [
    ...(controller ? [variable('guard', index), variable('sync', index)] : []),
    variable('host', index),
  ];
  return forward({
    id: `keys-${host}`,
    title: controller ? 'Keys of the guard and of file sync' : 'Its host key',
    host,
    why: controller
      ? 'Made where there is none. Only their public halves leave this host.'
      : 'The controllers must know it before they ask it.',
    needs,
    shown: controller
      ? [
          `ssh-keygen -t ed25519 -f ${GUARD}/id_ed25519`,
          `ssh-keygen -t ed25519 -f ${SYNC_KEY}   # where root has none`,
        ]
      : ['cat /etc/ssh/ssh_host_ed25519_key.pub'],
    act: on(kit, host, script, 20_000, { outputs }),
    usualMs: 60,
  });
}

/** Who file sync logs in as at a controller: the inventory's ssh user, as its rendered configuration has it. */
function loginOf({ context: { primary, standby } }: SetupKit, host: string): string {
  return [primary, standby].find(({ name }) => name === host)?.ssh.user ?? 'root';
}

function authorizedKeys(user: string): string {
  return user === 'root' ? `${ROOT}/authorized_keys` : '.ssh/authorized_keys';
}

/** Lines of others stay; ours are told by their comment, and replaced. `file` without a slash first: below the user's home. */
function replaceLines(user: string, file: string, marker: string, lines: readonly string[]): string {
  const owner = shellQuote(`${user}:`);
  const path = file.startsWith('/') ? file : `$(getent passwd ${shellQuote(user)} | cut -d: -f6)/${file}`;
  return `file=${path}
umask 077; [ -d "\${file%/*}" ] || install -d -m 700 -o ${shellQuote(user)} -- "\${file%/*}" || exit 1
[ -e "$file" ] || { : >"$file" && chown ${owner} -- "$file"; } || exit 1
new=$(mktemp "$file.XXXXXX") || exit 1
{ grep -v ${shellQuote(marker)} -- "$file"; ${lines.map((line) => `printf '%s\\n' "${line}"`).join('; ')}; } >"$new"
chmod --reference="$file" -- "$new" && chown --reference="$file" -- "$new" && sync -- "$new" && mv -f -- "$new" "$file" || exit 1`;
}

/** Who may log in here: the other controllers' guards by a forced command, and root of the other controller for file sync. */
export function trust(kit: SetupKit, host: string, needs: readonly string[]): Step {
  const all = hosts(kit);
  const others = all
    .map((one, index) => ({ ...one, index }))
    .filter(({ name }) => name !== host && name !== kit.witness);
  const controller = host !== kit.witness;
  const { vip } = kit.context.site;
  const guards = others.map(
    ({ name, index }) =>
      `restrict,command=\\"/usr/local/sbin/clustercontrol-ha peer ${name}\\" $${variable('guard', index)} clustercontrol-ha-guard@${name}`,
  );
  const syncs = (controller ? others : []).map(
    ({ name, address, index }) =>
      `restrict,from=\\"${address},${vip}\\" $${variable('sync', index)} clustercontrol-ha-sync@${name}`,
  );
  const login = loginOf(kit, host);
  const known = all
    .map((one, index) => ({ ...one, index }))
    .filter(({ name }) => name !== host)
    .map(({ name, address, index }) => `${name},${address} $${variable('host', index)} clustercontrol-ha`);
  const inputs = [
    ...others.flatMap(({ index }) => [
      variable('guard', index),
      ...(controller ? [variable('sync', index)] : []),
    ]),
    ...(controller ? all.flatMap(({ name }, index) => (name === host ? [] : [variable('host', index)])) : []),
  ];
  const script = [
    ...inputs.map(onlyKey),
    replaceLines('root', `${ROOT}/authorized_keys`, ' clustercontrol-ha-guard@', guards),
    ...(controller
      ? [
          replaceLines(login, authorizedKeys(login), ' clustercontrol-ha-sync@', syncs),
          replaceLines('root', `${ROOT}/known_hosts`, ' clustercontrol-ha$', known),
          replaceLines('root', `${GUARD}/known_hosts`, ' clustercontrol-ha$', known),
        ]
      : []),
  ].join('\n');
  return forward({
    id: `trust-${host}`,
    title: 'Let the others in, for what they need',
    host,
    why: 'The guards may ask for the status by a forced command. File sync logs in from the other controller’s address alone. Host keys are exchanged through you, who know these hosts: nobody accepts one unseen.',
    needs,
    shown: [
      ...[...guards, ...syncs].map((line) => line.replaceAll('\\"', '"').replace(/\$\w+/, 'ssh-ed25519 …')),
      `# the guard's into ${ROOT}/authorized_keys${controller ? `, file sync's into that of ${login}` : ''}`,
      ...(controller ? [`# host keys into ${ROOT}/known_hosts and ${GUARD}/known_hosts`] : []),
    ],
    act: on(kit, host, script, 20_000, { inputs }),
    usualMs: 40,
  });
}

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
