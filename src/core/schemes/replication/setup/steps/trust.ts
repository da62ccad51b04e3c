import type { SiteHost } from '../../../../inventory/site';
import type { Step } from '../../../../plan/plan';
import { shellQuote } from '../../../../quote';
import { guardKeyOptions, syncKeyOptions } from '../../files/sshKeys';
import { forward, on, type SetupKit } from './kit';

/** The guard's own folder, and the keys that root of one controller logs in to the other with. */
export const GUARD = '/var/lib/clustercontrol-ha/ssh';
export const ROOT = '/root/.ssh';
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
export function loginOf({ context: { primary, standby } }: SetupKit, host: string): string {
  return [primary, standby].find(({ name }) => name === host)?.ssh.user ?? 'root';
}

function authorizedKeys(user: string): string {
  return user === 'root' ? `${ROOT}/authorized_keys` : '.ssh/authorized_keys';
}

/** Lines that end with a comment of ours. */
const endsWith = (marker: string): string => `grep -v ${shellQuote(marker)} -- "$file"`;

/** Of these controllers' guards alone: a Prometheus host may have those of another site, too. */
function ofGuards(names: readonly string[]): string {
  const wanted = names.map((name) => `$NF != ${JSON.stringify(`clustercontrol-ha-guard@${name}`)}`);
  return `awk ${shellQuote(wanted.join(' && '))} "$file" || exit 1`;
}

/** Lines of others stay, which `others` prints; ours are told by their comment, and replaced. `file` without a slash first: below the user's home. */
function replaceLines(user: string, file: string, others: string, lines: readonly string[]): string {
  const owner = shellQuote(`${user}:`);
  const path = file.startsWith('/') ? file : `$(getent passwd ${shellQuote(user)} | cut -d: -f6)/${file}`;
  return `file=${path}
umask 077; [ -d "\${file%/*}" ] || install -d -m 700 -o ${shellQuote(user)} -- "\${file%/*}" || exit 1
[ -e "$file" ] || { true >"$file" && chown ${owner} -- "$file"; } || exit 1
new=$(mktemp "$file.XXXXXX") || exit 1
{ ${others}; ${lines.map((line) => `printf '%s\\n' "${line}"`).join('; ')}; } >"$new"
chmod --reference="$file" -- "$new" && chown --reference="$file" -- "$new" && sync -- "$new" && mv -f -- "$new" "$file" || exit 1`;
}

/** Who may log in here: the other controllers' guards by a forced command, and root of the other controller for file sync. */
export function trust(kit: SetupKit, host: string, needs: readonly string[]): Step {
  const all = hosts(kit);
  const others = all
    .map((one, index) => ({ ...one, index }))
    .filter(({ name }) => name !== host && name !== kit.witness);
  const controller = host !== kit.witness;
  const inQuotes = (options: string): string => options.replaceAll('"', '\\"');
  const guards = others.map(
    ({ name, index }) =>
      `${inQuotes(guardKeyOptions(name))} $${variable('guard', index)} clustercontrol-ha-guard@${name}`,
  );
  const { site, primary, standby } = kit.context;
  const peer = [primary, standby].find(({ name }) => name !== host) ?? standby;
  const syncs = (controller ? others : []).map(
    ({ name, index }) =>
      `${inQuotes(syncKeyOptions(site, peer))} $${variable('sync', index)} clustercontrol-ha-sync@${name}`,
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
    replaceLines(
      'root',
      `${ROOT}/authorized_keys`,
      ofGuards(kit.context.site.controllers.map(({ name }) => name)),
      guards,
    ),
    ...(controller
      ? [
          replaceLines(login, authorizedKeys(login), endsWith(' clustercontrol-ha-sync@'), syncs),
          replaceLines('root', `${ROOT}/known_hosts`, endsWith(' clustercontrol-ha$'), known),
          replaceLines('root', `${GUARD}/known_hosts`, endsWith(' clustercontrol-ha$'), known),
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
