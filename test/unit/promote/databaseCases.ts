import type { Case } from './case';
import { answered, type Setting } from './setting';

const GTID = '99999999-0000-11f0-9e33-c80aa9429562:1-7';

const replica = (given: Setting) => {
  const found = given.cc2.mysql.replica;
  if (found === undefined || found === null) throw new Error('the recorded standby has no channel');
  return found;
};

export const databaseCases: readonly Case[] = [
  {
    check: 'identities',
    when: 'one server_id is used twice',
    edit: (s) => (s.cc2.mysql.serverId = s.cc1.mysql.serverId),
    says: /both have server_id 1/,
  },
  {
    check: 'identities',
    when: 'auto.cnf was copied',
    edit: (s) => (s.cc2.mysql.serverUuid = s.cc1.mysql.serverUuid),
    says: /both have server_uuid/,
  },
  {
    check: 'versions',
    when: 'the series differ',
    edit: (s) => (s.cc2.mysql.version = '8.4.3'),
    says: /cc1 runs 9\.7\.\S+, cc2 8\.4\.3/,
  },
  {
    check: 'versions',
    when: 'the target is older',
    edit: (s) => Object.assign(s.cc1.mysql, { version: '9.7.10' }),
    says: /cc2 runs 9\.7\.4.*older than cc1 with 9\.7\.10/,
  },
  {
    check: 'gtid-ready',
    when: 'GTIDs are off on one server',
    edit: (s) => (s.cc1.mysql.gtidMode = 'OFF'),
    says: /cc1: gtid_mode is OFF/,
  },
  {
    check: 'gtid-ready',
    when: 'there is no channel',
    edit: (s) => (s.cc2.mysql.replica = undefined),
    says: /cc2 has no replication channel/,
  },
  {
    check: 'gtid-ready',
    when: 'the source is a third server',
    edit: (s) => (replica(s).sourceUuid = GTID.slice(0, 36)),
    says: /cc2 replicates from cc1 \(99999999.*\), not from cc1/,
  },
  {
    check: 'gtid-ready',
    when: 'it replicates by file and position',
    edit: (s) => (replica(s).autoPosition = false),
    says: /cc2 replicates by file and position/,
  },
  {
    check: 'threads',
    when: 'the applier is broken',
    edit: (s) => Object.assign(replica(s), { sqlRunning: 'No', workerErrors: ['1062 duplicate'] }),
    says: /SQL thread: No[\s\S]*applier: 1062 duplicate/,
  },
  {
    check: 'threads',
    when: 'a delay is set',
    edit: (s) => (replica(s).sqlDelaySeconds = 60),
    says: /SOURCE_DELAY is 60 s/,
  },
  {
    check: 'heartbeat',
    when: 'nothing was ever heard',
    edit: (s) => (replica(s).heartbeatAgeMs = null),
    says: /cc2 last heard cc1 never/,
  },
  {
    check: 'heartbeat',
    when: 'the silence is longer than the interval allows',
    edit: (s) => Object.assign(replica(s), { heartbeatIntervalMs: 2_000, heartbeatAgeMs: 4_500 }),
    says: /cc2 last heard cc1 4\.5 s ago; limit 4 s/,
  },
  {
    check: 'heartbeat',
    when: 'the primary has committed during a silence that would be allowed',
    edit: (s) => {
      Object.assign(replica(s), { heartbeatIntervalMs: 30_000, heartbeatAgeMs: 6_000 });
      s.answers['source-position'] = answered(`${s.cc2.mysql.gtidExecuted},${GTID}`);
    },
    says: /cc1 has committed since/,
  },
  {
    check: 'lag',
    when: 'the standby is behind',
    edit: (s) => (replica(s).secondsBehindSource = 21),
    says: /cc2 is 21 s behind/,
  },
  {
    check: 'lag',
    when: 'the lag is NULL',
    edit: (s) => (replica(s).secondsBehindSource = null),
    says: /cc2: Seconds_Behind_Source is NULL/,
  },
  {
    check: 'unapplied',
    when: 'transactions wait in the relay log',
    edit: (s) => (replica(s).unapplied = GTID),
    says: /cc2 has 7 received transactions/,
  },
  {
    check: 'errant',
    when: 'the standby has transactions of its own',
    edit: (s) => (s.cc2.mysql.gtidExecuted += `,${GTID}`),
    says: /cc2 has 7 errant transactions: 99999999\S+:1-7/,
  },
  {
    check: 'purged',
    when: 'the primary purged what the standby lacks',
    edit: (s) => (s.cc1.mysql.gtidPurged = GTID),
    says: /cc2 lacks 99999999\S+:1-7, which cc1 has purged/,
  },
  {
    check: 'reverse-login',
    when: 'the login is refused',
    edit: (s) => (s.answers['reverse-login'] = answered('', 1, 'ERROR 1045 (28000): Access denied')),
    says: /cc1 as repl to cc2: ERROR 1045/,
  },
  {
    check: 'persisted-read-only',
    when: 'read_only is persisted OFF',
    edit: (s) => (s.cc2.mysql.persisted = { read_only: 'OFF' }),
    says: /cc2: read_only is persisted OFF/,
  },
  {
    check: 'durability',
    when: 'commits are not synced',
    edit: (s) => (s.cc1.mysql.syncBinlog = 0),
    says: /cc1: sync_binlog is 0/,
  },
];
