import assert from 'node:assert/strict';
import { sql, waitForFlow, waitForMysql } from '../../documented/mysql';
import { waitForVip } from '../../documented/deploy';
import { Lab } from '../../lab';
import { ADDRESS, UNITS, VIP, type ControllerName } from '../../site';
import { run } from '../../run';
import { waitFor } from '../../wait';

const PING = 's9s cluster --ping --cluster-id=0';

describe('the documented state', function () {
  const lab = Lab.current();
  const active = async (host: ControllerName, unit: string): Promise<boolean> =>
    (await lab.console(host, `systemctl is-active --quiet ${unit}`)).code === 0;

  before(function () {
    if (lab.facts.profile !== 'documented') this.skip();
  });

  it('cc1 holds the VIP, with the documented rule, and cc2 does not', async () => {
    await waitForVip(lab, 'cc1');
    assert.match(
      await lab.mustConsole('cc1', 'iptables -t nat -S POSTROUTING'),
      /-o eth0 -j SNAT --to-source 192.168.73.200/,
    );
    assert.doesNotMatch(
      await lab.mustConsole('cc2', 'ip -4 address; iptables -t nat -S'),
      new RegExp(`${VIP}[/\\s]`),
    );
    const asked = await run('ssh', [
      '-F',
      lab.operator.sshConfigFile,
      '-o',
      `HostKeyAlias=${ADDRESS.cc1}`,
      VIP,
      'hostname',
    ]);
    assert.equal(asked.stdout, 'cc1\n', asked.stderr);
  });

  it('the six units run on cc1 and not on cc2, lsyncd too', async () => {
    for (const unit of [...UNITS, 'lsyncd']) {
      assert.equal(await active('cc1', unit), true, unit);
      assert.equal(await active('cc2', unit), false, unit);
    }
    assert.equal(await active('cc2', 'keepalived'), true);
    assert.equal((await lab.console('cc1', 'pgrep -x cmon && killall -0 cmon')).code, 0);
  });

  it('the ping says what the documentation says, also through the VIP', async () => {
    assert.match(await lab.mustConsole('cc1', PING), /^PING Ok +\d+ ms\n$/);
    assert.match(
      await lab.mustConsole('cc2', `${PING} --controller=https://${VIP}:9501`),
      /^PING Ok +\d+ ms\n$/,
    );
    const refused = await lab.console('cc2', PING);
    assert.deepEqual([refused.code, refused.stdout], [5, '']);
    assert.match(refused.stderr, /Connection refused/);
  });

  it('every acknowledged heartbeat is in the table, and reaches cc2', async () => {
    const log = (await lab.read('cc1', '/var/log/cmon-heartbeat.log')).trim().split('\n');
    assert.ok(log.length > 3);
    const rows = new Set((await sql(lab, 'cc1', 'SELECT id FROM cmon.heartbeat')).split('\n'));
    for (const line of log) assert.ok(rows.has(line.split(' ')[0] ?? ''), line);
    const [, host, acknowledged, sent, kind] = log.at(-1)?.split(' ') ?? [];
    assert.deepEqual([host, kind], ['cc1', 'beat']);
    assert.ok(BigInt(acknowledged ?? 0) > BigInt(sent ?? 0));
    assert.ok(
      process.hrtime.bigint() - BigInt(acknowledged ?? 0) < 2_000_000_000n,
      'not the clock of this machine',
    );
    await waitForFlow(lab, 'cc1');
  });

  it('files reach cc2, but for s9s.conf, whose name is a typo in the documentation', async () => {
    await lab.put('cc1', '/etc/cmon.d/cmon_7.cnf', 'cluster_id=7\n');
    await waitFor(
      'cmon_7.cnf on cc2',
      40_000,
      async () => (await lab.console('cc2', 'test -e /etc/cmon.d/cmon_7.cnf')).code === 0,
    );
    assert.doesNotMatch(await lab.read('cc1', '/etc/lsyncd/lsyncd.conf.lua'), /s9s\.conf"/);
  });

  /** Starts cmon on cc2, where it gives up. How many lines systemd adds to what cmon says differs from machine to machine. */
  async function startInVain(words: RegExp): Promise<void> {
    const since = (await lab.mustConsole('cc2', 'date +%s.%6N')).trim();
    await lab.console('cc2', 'systemctl start cmon');
    await waitFor('cmon on cc2 to give up', 5000, async () => !(await active('cc2', 'cmon')));
    await waitFor(`cmon on cc2 to say ${words.source}`, 5000, async () =>
      words.test(await lab.mustConsole('cc2', `journalctl -u cmon -o cat --since=@${since}`)),
    );
  }

  it('cmon does not start on a read-only MySQL, nor beside another cmon that writes', async () => {
    await sql(lab, 'cc2', 'SET GLOBAL super_read_only = 1');
    await startInVain(/read-only: not starting/);
    await sql(lab, 'cc2', 'SET GLOBAL read_only = 0');
    try {
      await startInVain(/another cmon writes, on cc1: not starting/);
    } finally {
      await sql(lab, 'cc2', 'SET GLOBAL super_read_only = 1');
    }
    assert.equal(await sql(lab, 'cc2', "SELECT COUNT(*) FROM cmon.heartbeat WHERE host = 'cc2'"), '0\n');
  });

  it('cmon stops and starts fast, and may start elsewhere right after a clean stop', async () => {
    const timed = async (command: string): Promise<number> => {
      const begin = performance.now();
      await lab.mustConsole('cc1', command);
      return performance.now() - begin;
    };
    const stopMs = await timed('systemctl stop cmon');
    assert.match(
      (await sql(lab, 'cc1', 'SELECT kind FROM cmon.heartbeat ORDER BY id DESC LIMIT 1')).trim(),
      /^stop$/,
    );
    const startMs = await timed(`systemctl start cmon; until ${PING} 2>/dev/null | grep -q Ok; do :; done`);
    assert.ok(stopMs < 500 && startMs < 1000, `${stopMs} ${startMs}`);
  });

  it('cron brings back a cmon that was killed, within a minute', async () => {
    await lab.mustConsole('cc1', 'systemctl kill -s KILL cmon');
    await waitFor('cmon to be gone', 2000, async () => !(await active('cc1', 'cmon')));
    await waitFor('cron to start cmon', 75_000, () => active('cc1', 'cmon'), 500);
  });

  it('Prometheus is ready', async () => {
    assert.match(await lab.mustConsole('cc1', `curl -sf http://${ADDRESS.prom}:9090/-/ready`), /Ready/);
  });

  it('a power cut takes no row that was acknowledged', async () => {
    const log = (await lab.read('cc1', '/var/log/cmon-heartbeat.log')).trim().split('\n');
    await lab.powerOff('cc1', 'hard');
    await lab.powerOn('cc1');
    await waitForMysql(lab, 'cc1');
    const rows = new Set((await sql(lab, 'cc1', 'SELECT id FROM cmon.heartbeat')).split('\n'));
    assert.ok(log.length > 100, `${log.length} heartbeats`);
    assert.deepEqual(
      log.filter((line) => !rows.has(line.split(' ')[0] ?? '')),
      [],
    );
  });
});
