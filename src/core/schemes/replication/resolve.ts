import type { SiteDraft, Draft } from '../../inventory/examine';
import { networkText, smallestNetwork } from '../../inventory/ipv4';
import type { SiteHost, SshSettings } from '../../inventory/site';
import { mysqlSocket, SERVICES, SYNC_FILES, syncDirectories } from './defaults';
import type { ReplicationInput } from './schema';
import type { ReplicationController, ReplicationSite } from './site';

type Input = Draft<ReplicationInput>;
type AccountInput = NonNullable<NonNullable<ReplicationInput['mysql']>['replicationUser']>;
type SshInput = Draft<NonNullable<ReplicationInput['ssh']>>;

/** Fills every default in. Undefined where a required value is missing; a finding says so already. */
export function resolveReplication({
  name,
  entry,
  value,
}: SiteDraft<ReplicationInput>): ReplicationSite | undefined {
  const { vip, prometheus } = value;
  const controllers = Object.entries(value.controllers ?? {}).map(([host, input], index) =>
    controllerOf(value, host, input, index),
  );
  const [first, second, third] = controllers;
  if (vip === undefined || prometheus?.address === undefined) return undefined;
  if (first === undefined || second === undefined || third !== undefined) return undefined;
  const witness: SiteHost = {
    name: prometheus.name ?? 'prom',
    address: prometheus.address,
    ssh: sshOf(value.ssh, prometheus.ssh),
  };
  const profile = value.profile ?? 'hardened';
  return {
    scheme: 'replication',
    name,
    file: entry.document.file,
    hosts: [first, second, witness],
    profile,
    vip,
    network: networkOf(value, [first.address, second.address]),
    controllers: [first, second],
    prometheus: witness,
    mysql: mysqlOf(name, value, first),
    keepalived: keepalivedOf(value),
    selfFenceSeconds: profile === 'documented' ? undefined : fenceSeconds(value.selfFence),
    sync: {
      directories: value.sync?.directories ?? syncDirectories(first.ssh.user, profile),
      files: value.sync?.files ?? SYNC_FILES[profile],
    },
    services: value.services ?? SERVICES,
  };
}

type ControllerInput = NonNullable<Input['controllers']>[string];

function controllerOf(
  site: Input,
  name: string,
  input: ControllerInput,
  index: number,
): ReplicationController {
  return {
    name,
    address: input?.address ?? '',
    ssh: sshOf(site.ssh, input?.ssh),
    os: input?.os ?? site.os ?? 'debian',
    interface: input?.interface ?? site.interface ?? 'eth0',
    priority: input?.priority ?? 254,
    serverId: input?.serverId ?? index + 1,
  };
}

function sshOf(site: SshInput | undefined, host: SshInput | undefined): SshSettings {
  return {
    user: host?.user ?? site?.user,
    port: host?.port ?? site?.port,
    identityFile: host?.identityFile ?? site?.identityFile,
    jump: host?.jump ?? site?.jump,
  };
}

function networkOf(value: Input, addresses: readonly string[]): ReplicationSite['network'] {
  if (value.network !== undefined) return { cidr: value.network, assumed: false };
  const derived = smallestNetwork(addresses);
  return { cidr: derived === undefined ? `${addresses[0]}/24` : networkText(derived), assumed: true };
}

function mysqlOf(site: string, value: Input, first: ReplicationController): ReplicationSite['mysql'] {
  const { mysql } = value;
  const account = (input: Draft<AccountInput> | undefined, fallback: string) => ({
    user: input?.user ?? fallback,
    password: { secret: input?.password?.secret ?? `${site}-${fallback}` },
  });
  const admin = mysql?.admin;
  return {
    version: seriesOf(mysql?.version),
    port: mysql?.port ?? 3306,
    socket: mysql?.socket ?? mysqlSocket(first.os),
    bufferPoolSize: mysql?.bufferPoolSize,
    replicationUser: account(mysql?.replicationUser, 'repl'),
    cloneUser: account(mysql?.cloneUser, 'clone'),
    admin:
      admin?.user === undefined || admin.password?.secret === undefined
        ? undefined
        : { user: admin.user, password: { secret: admin.password.secret } },
    tls: mysql?.tls ?? value.profile !== 'documented',
  };
}

/** YAML reads an unquoted 8.4 or 8.0 as a number. */
function seriesOf(version: string | number | undefined): ReplicationSite['mysql']['version'] {
  const text = version === 8 ? '8.0' : String(version);
  return text === '8.0' || text === '8.4' || text === '9' ? text : undefined;
}

function keepalivedOf(value: Input): ReplicationSite['keepalived'] {
  const { keepalived } = value;
  const vrrpVersion = keepalived?.vrrpVersion ?? (value.profile === 'documented' ? 2 : 3);
  const secret = keepalived?.authPassword?.secret;
  return {
    virtualRouterId: keepalived?.virtualRouterId ?? 51,
    vrrpVersion,
    advertIntervalSeconds: keepalived?.advertInterval ?? (vrrpVersion === 2 ? 1 : 0.2),
    authPassword: secret === undefined ? undefined : { secret },
    unicast: keepalived?.unicast ?? false,
  };
}

function fenceSeconds(value: Input['selfFence']): number | undefined {
  if (value === undefined) return 15;
  return typeof value === 'number' ? value : undefined;
}
