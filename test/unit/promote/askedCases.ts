import type { Case } from './case';
import { answered, CMON, SERVER, type Setting } from './setting';

const text = (answer: Setting['answers'][string] | undefined): string =>
  answer?.answered === true ? answer.stdout : '';
const serverSays = (...rows: string[]) => answered(`${text(SERVER)}${rows.join('\n')}\n`);
const cmonWith = (from: RegExp, to: string) => answered(text(CMON).replace(from, to));

/** Checks by what was asked beyond the observation. */
export const askedCases: readonly Case[] = [
  {
    check: 'filters',
    when: 'the standby alone has an applier filter',
    edit: (s) => (s.answers['server-target'] = serverSays('filter\tREPLICATE_IGNORE_DB\tscratch')),
    says: /cc2 alone filters: REPLICATE_IGNORE_DB scratch/,
  },
  {
    check: 'filters',
    when: 'the primary leaves a database out of its binary log',
    edit: (s) =>
      (s.answers['server-source'] = answered('bind\t*\nstatus\nmysql-bin.000002\t157\t\tscratch\t\n')),
    says: /cc1 alone filters: binlog-ignore-db scratch/,
  },
  {
    check: 'filters',
    when: 'both have the same',
    edit: (s) =>
      (s.answers['server-source'] = s.answers['server-target'] =
        serverSays('filter\tREPLICATE_IGNORE_DB\tscratch')),
    says: /both filter: REPLICATE_IGNORE_DB scratch/,
    milder: 'warn',
  },
  {
    check: 'busy',
    when: 'a CLONE runs to the standby',
    edit: (s) => (s.answers['server-target'] = serverSays('clone\t31\troot@localhost')),
    says: /cc2: a CLONE is under way \(connection 31 of root@localhost\)/,
  },
  {
    check: 'busy',
    when: 'another host copies the primary, while the standby runs no CLONE',
    edit: (s) => (s.answers['server-source'] = serverSays('clone\t31\tclone@192.168.73.209:50180')),
    says: /cc1: a CLONE is under way \(connection 31 of clone@192/,
  },
  {
    check: 'busy',
    when: 'a CLONE to a standby that lost its power has left its connection',
    edit: (s) =>
      (s.answers['server-source'] = serverSays(
        'clone\t288\tclone@cc2.local:50180',
        'long\t288\tclone@cc2.local:50180\t21\t',
      )),
    says: /cc1: a CLONE that broke off has left connection 288 of clone@cc2\.local:50180$/m,
    milder: 'warn',
  },
  {
    check: 'busy',
    when: 'a CLONE to the standby is seen from both ends',
    edit: (s) => {
      s.answers['server-source'] = serverSays('clone\t288\tclone@cc2:50180');
      s.answers['server-target'] = serverSays('clone\t9\troot@localhost');
    },
    says: /cc1: a CLONE is under way/,
  },
  {
    check: 'busy',
    when: 'a transaction is long',
    edit: (s) => (s.answers['server-source'] = serverSays('long\t12\tcmon@localhost\t75\tALTER')),
    says: /cc1: connection 12 of cmon@localhost works for 75 s \(ALTER\)/,
    milder: 'acknowledge',
  },
  {
    check: 'busy',
    when: 'an XA transaction was left prepared',
    edit: (s) => (s.answers['server-source'] = serverSays('long\t0\t\t7500\t')),
    says: /cc1: a prepared XA transaction works for 7500 s/,
    milder: 'acknowledge',
  },
  {
    check: 'busy',
    when: 'cmon has a job under way',
    edit: (s) =>
      (s.answers['work-source'] = answered('job 42 1 RUNNING system admins 03:00:15 12% Create Backup')),
    says: /cc1: job of cmon: 42 1 RUNNING/,
    milder: 'acknowledge',
  },
  {
    check: 'busy',
    when: 'a backup program runs',
    edit: (s) => (s.answers['work-source'] = answered('4711 xtrabackup')),
    says: /cc1: xtrabackup runs/,
    milder: 'acknowledge',
  },
  {
    check: 'busy',
    when: 'the jobs of cmon can not be listed',
    edit: (s) => (s.answers['work-source'] = answered('jobs-unknown Access denied.')),
    says: /whether jobs of cmon run is not known: Access denied/,
    milder: 'warn',
  },
  {
    check: 'recent',
    when: 'a failover was twenty minutes ago',
    edit: (s) => (s.cc1.role.failover = { plan: 'dc1-failover-cc1-x', sinceMs: s.cc1.atMs - 20 * 60_000 }),
    says: /cc1 took over 20 min ago \(dc1-failover-cc1-x\)/,
  },
  {
    check: 'binds',
    when: 'cmon is known by the address of its host',
    edit: (s) =>
      (s.answers['cmon-target'] = cmonWith(/hostname=192\.168\.73\.200/, 'hostname=192.168.73.202')),
    says: /cc2: \/etc\/cmon\.cnf says hostname=192\.168\.73\.202, not 192\.168\.73\.200/,
  },
  {
    check: 'binds',
    when: "a cluster's file names the old address",
    edit: (s) =>
      (s.answers['cmon-source'] = cmonWith(/$/, '\n/etc/cmon.d/cmon_1.cnf:hostname=192.168.73.201')),
    says: /cc1: \/etc\/cmon\.d\/cmon_1\.cnf says hostname=192\.168\.73\.201/,
  },
  {
    check: 'binds',
    when: 'the RPC interface is local',
    edit: (s) => (s.answers['cmon-target'] = cmonWith(/"0\.0\.0\.0,127\.0\.0\.1"/, '127.0.0.1')),
    says: /cc2: RPC_BIND_ADDRESSES is 127\.0\.0\.1: cmon is not heard on 192\.168\.73\.200/,
  },
  {
    check: 'binds',
    when: 'Prometheus is another host',
    edit: (s) =>
      (s.answers['cmon-source'] = cmonWith(/prometheus_hostname=.*/, 'prometheus_hostname=10.9.9.9')),
    says: /cc1: \/etc\/cmon\.cnf says prometheus_hostname=10\.9\.9\.9/,
  },
  {
    check: 'binds',
    when: 'the RPC keys differ',
    edit: (s) => (s.answers['cmon-target'] = cmonWith(/keys \S+/, 'keys 0000')),
    says: /the RPC keys \(rpc_key\) of cc1 and cc2 differ/,
  },
  {
    check: 'binds',
    when: 'MySQL of the target listens to itself alone',
    edit: (s) =>
      (s.answers['server-target'] = answered('bind\t127.0.0.1\nstatus\nmysql-bin.000002\t157\t\t\t\n')),
    says: /cc2: MySQL listens on 127\.0\.0\.1 alone/,
  },
  {
    check: 'files-fresh',
    when: 'files that rest have not arrived',
    edit: (s) =>
      (s.answers['files-dry-run'] = answered(
        'shown 2026/11/20-08:00:00 etc/cmon.d/cmon_2.cnf\nstale 1\nextra 0\n',
      )),
    says: /1 files of cc1 rest for a minute and differ on cc2[^]*cmon_2\.cnf[^]*lsyncd runs/,
  },
  {
    check: 'files-fresh',
    when: 'the standby alone has files',
    edit: (s) =>
      (s.answers['files-dry-run'] = answered('shown only there: etc/cmon.d/old\nstale 0\nextra 2\n')),
    says: /2 files are on cc2 alone: bringing files over deletes them/,
  },
  {
    check: 'files-fresh',
    when: 'the trees are too large for a dry run, and the newest file is missing',
    edit: (s) => {
      s.answers['files-dry-run'] = answered('', 124);
      Object.assign(s.cc1, { files: { count: 9, newestAtMs: 5_000_000, settledAtMs: 5_000_000 } });
      Object.assign(s.cc2, { files: { count: 9, newestAtMs: 1_000_000, settledAtMs: 1_000_000 } });
    },
    says: /cc2 lacks files that cc1 changed at 1970-01-01 01:23:20 UTC/,
  },
  {
    check: 'guard-heard',
    when: 'neither the source nor the witness was asked lately',
    edit: (s) => {
      s.answers['guard-at-source'] = answered('guard 41 15\nclock 1040 0\n');
      s.answers['guard-at-witness'] = answered('');
    },
    says: /cc1 heard the guard of cc2 41 s ago[^]*prom heard the guard of cc2 never since its boot/,
  },
  {
    check: 'reach',
    when: 'a node refuses the login',
    edit: (s) =>
      (s.answers['reach-target'] = answered(
        'prometheus ok\nnode root@10.0.0.1 ok\nnode root@10.0.0.2 failed Permission denied (publickey).\n',
      )),
    says: /^cc2 as root@10\.0\.0\.2: Permission denied \(publickey\)\.$/,
  },
  {
    check: 'reach',
    when: 'Prometheus is not ready',
    edit: (s) => (s.answers['reach-target'] = answered('prometheus failed curl: (7) refused\n')),
    says: /cc2 to Prometheus on prom \(192\.168\.73\.209:9090\): curl: \(7\) refused/,
  },
  {
    check: 'versions',
    when: 'the packages of ClusterControl differ',
    edit: (s) =>
      (s.answers['cmon-target'] = cmonWith(/package .*/, 'package ii  clustercontrol-controller 2.3.3-1')),
    says: /cc1 alone has clustercontrol-controller 2\.3\.4-1[^]*cc2 alone has clustercontrol-controller 2\.3\.3-1/,
    milder: 'acknowledge',
  },
];
