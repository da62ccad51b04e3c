import * as z from 'zod/mini';
import { PATTERNS } from '../../inventory/allow';
import {
  address,
  descriptions,
  hostName,
  integer,
  secretReference,
  sshSettings,
  text,
} from '../../inventory/schemaParts';

const os = () =>
  z.enum(['debian', 'rhel']).register(descriptions, {
    description: 'Operating system family: unit names, paths and packages.',
    default: 'debian',
  });

const networkInterface = () =>
  text('name-invalid', PATTERNS.interfaceName, 'Network interface that carries address and VIP.', {
    default: 'eth0',
  });

const controller = z
  .strictObject({
    address: address('IPv4 address of its own, not the VIP.'),
    priority: z.optional(
      integer(
        { min: 1, max: 254, code: 'priority-out-of-range' },
        'VRRP priority. Decides in the documented profile; the hardened one gives both the same, because the role decides.',
        { examples: [105, 100] },
      ),
    ),
    serverId: z.optional(
      integer({ min: 1, max: 4294967295 }, 'MySQL server_id. Default: 1, 2, in the order of the file.'),
    ),
    os: z.optional(os()),
    interface: z.optional(networkInterface()),
    ssh: z.optional(sshSettings('How to log in to this controller.')),
  })
  .register(descriptions, { description: 'One ClusterControl controller.' });

const sqlUser = (fallback: string, purpose: string) =>
  z
    .strictObject({
      user: z.optional(text('name-invalid', PATTERNS.sqlUser, 'MySQL user name.', { default: fallback })),
      password: z.optional(secretReference('Its password.')),
    })
    .register(descriptions, { description: purpose });

const mysql = z
  .strictObject({
    version: z.optional(
      z
        .union([z.enum(['8.0', '8.4', '9']), z.literal(8.4), z.literal(9), z.literal(8)])
        .register(descriptions, {
          description: 'MySQL series: 8.0, 8.4 or 9. Observed on the hosts when absent.',
          examples: ['8.0', '8.4', '9'],
        }),
    ),
    port: z.optional(integer({ min: 1, max: 65535 }, 'Port of the server.', { default: 3306 })),
    socket: z.optional(
      text('path-invalid', PATTERNS.absolutePath, 'Unix socket of the server.', {
        examples: ['/run/mysqld/mysqld.sock', '/var/lib/mysql/mysql.sock'],
      }),
    ),
    bufferPoolSize: z.optional(
      text('name-invalid', PATTERNS.bufferPoolSize, 'innodb_buffer_pool_size: about half of the memory.', {
        examples: ['2G'],
      }),
    ),
    replicationUser: z.optional(sqlUser('repl', 'The account a replica logs in with.')),
    cloneUser: z.optional(sqlUser('clone', 'The account CLONE reads the donor with.')),
    admin: z.optional(
      z
        .strictObject({
          user: text('name-invalid', PATTERNS.sqlUser, 'MySQL administrator.'),
          password: secretReference('Its password.'),
        })
        .register(descriptions, {
          description: 'Administrator account. Absent: root by unix socket (auth_socket), or sudo mysql.',
        }),
    ),
    tls: z.optional(
      z.boolean().register(descriptions, {
        description: 'Replication over TLS. Default: on in the hardened profile, off in the documented one.',
      }),
    ),
  })
  .register(descriptions, { description: 'MySQL on both controllers.' });

const keepalived = z
  .strictObject({
    virtualRouterId: z.optional(
      integer(
        { min: 1, max: 255, code: 'virtual-router-id-out-of-range' },
        'VRRP virtual router id: unique on the network.',
        { default: 51 },
      ),
    ),
    vrrpVersion: z.optional(
      z.union([z.literal(2), z.literal(3)]).register(descriptions, {
        description: 'VRRP version. Default: 3 in the hardened profile, 2 in the documented one.',
      }),
    ),
    advertInterval: z.optional(
      z
        .number()
        .check(
          z.refine((value) => value >= 0.15 && value <= 40, {
            params: { code: 'number-out-of-range', expected: 'a number of seconds from 0.15 to 40' },
          }),
        )
        .register(descriptions, {
          description:
            'Seconds between adverts. Default: 0.2 with version 3, 1 with version 2 (whole seconds only).',
          // A promotion makes the new holder eligible for 400 ms beside the old one: never as long as three adverts (steps/vipRoleFlag.ts).
          minimum: 0.15,
          maximum: 40,
        }),
    ),
    authPassword: z.optional(
      secretReference('VRRP password (version 2 only, at most 8 characters; it travels in clear).'),
    ),
    unicast: z.optional(
      z.boolean().register(descriptions, {
        description: 'Adverts to the peer alone, where the network drops multicast.',
        default: false,
      }),
    ),
  })
  .register(descriptions, { description: 'keepalived on both controllers.' });

/** What a site of scheme `replication` may hold in the YAML. The one source of type, validator and JSON Schema. */
export const replicationSchema = z
  .strictObject({
    scheme: z.literal('replication').register(descriptions, {
      description: 'ClusterControl Replication: two controllers, one active, the other on cold standby.',
    }),
    profile: z.optional(
      z.enum(['hardened', 'documented']).register(descriptions, {
        description:
          'hardened: the VIP follows the role. documented: the configuration of the ClusterControl documentation.',
        default: 'hardened',
      }),
    ),
    os: z.optional(os()),
    ssh: z.optional(sshSettings('How to log in to the hosts of this site.')),
    interface: z.optional(networkInterface()),
    network: z.optional(
      text(
        'network-invalid',
        PATTERNS.cidr,
        'Network of controllers and VIP. Default: derived from the addresses.',
        {
          examples: ['192.168.73.0/24'],
        },
      ),
    ),
    vip: address('Virtual IP address, which the active controller holds.'),
    controllers: z
      .record(hostName('Host name of a controller, as its peer resolves it.'), controller)
      .register(descriptions, { description: 'The two controllers, by host name.' }),
    prometheus: z
      .strictObject({
        name: z.optional(hostName('Its host name.', { default: 'prom' })),
        address: address('Its IPv4 address: a host of its own.'),
        ssh: z.optional(sshSettings('How to log in to it.')),
      })
      .register(descriptions, {
        description:
          'The external Prometheus host. In the hardened profile it also keeps the witness record.',
      }),
    mysql: z.optional(mysql),
    keepalived: z.optional(keepalived),
    selfFence: z.optional(
      z
        .union([integer({ min: 5, max: 600 }, 'Seconds.'), z.literal('off'), z.literal(false)])
        .register(descriptions, {
          description:
            'Seconds after which a primary that reaches neither peer nor witness closes itself, or off. Hardened profile only.',
          default: 15,
        }),
    ),
    sync: z.optional(
      z
        .strictObject({
          directories: z.optional(
            z
              .array(text('path-invalid', PATTERNS.absolutePath, 'Absolute path with a trailing slash.'))
              .register(descriptions, {
                description: 'Directories whose contents follow the primary. Default: the documented set.',
              }),
          ),
          files: z.optional(
            z
              .array(text('path-invalid', PATTERNS.absolutePath, 'Absolute path of a file.'))
              .register(descriptions, {
                description:
                  'Single files that follow the primary. Default: cmon.cnf, cmon-events.cnf and s9s.conf.',
              }),
          ),
        })
        .register(descriptions, { description: 'What lsyncd copies from the primary to the standby.' }),
    ),
    services: z.optional(
      z
        .array(text('name-invalid', PATTERNS.unitName, 'systemd unit, without .service.'))
        .register(descriptions, {
          description: 'Units that run on the primary only, cmon first.',
          default: ['cmon', 'cmon-cloud', 'cmon-ssh', 'cmon-events', 'cmon-proxy', 'kuber-proxy'],
        }),
    ),
  })
  .register(descriptions, { description: 'ClusterControl Replication.' });

export type ReplicationInput = z.input<typeof replicationSchema>;
