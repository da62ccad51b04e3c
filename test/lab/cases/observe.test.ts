import assert from 'node:assert/strict';
import type { Fact } from '../../../src/core/observe/fact';
import type { HostObservation } from '../../../src/core/observe/host';
import { sql, waitForMysql } from '../documented/mysql';
import { Lab } from '../lab';
import { VIP } from '../site';
import { waitFor } from '../wait';
import { connectSite, type Choices, type Connections } from './observe-site';

function value<T>(fact: Fact<T>): T {
  assert.ok(fact.known, fact.known ? '' : fact.reason);
  return fact.value;
}
const reason = (fact: Fact<unknown>): string => (fact.known ? 'known' : fact.reason);
const unknowns = (host: HostObservation): string[] =>
  Object.entries(host).flatMap(([key, fact]) => (typeof fact === 'object' && !fact.known ? [key] : []));
const witnessFacts = ['prometheusReady'];
const controllerFacts = ['snat', 'cmonProcesses', 'cmonCron', 'cmonPing', 'keepalived', 'lsyncd', 'mysql'];

/** Runs on a lab of either profile. */
describe('observing real hosts', () => {
  const lab = Lab.current();
  const hardened = lab.facts.profile === 'hardened';
  const open: Connections[] = [];
  const connect = async (choices: Choices = {}): Promise<Connections> => {
    const connections = await connectSite(lab, choices);
    open.push(connections);
    return connections;
  };
  afterEach(async () => {
    for (const connections of open.splice(0)) await connections.close();
  });

  for (const user of ['root', 'operator']) {
    it(`${user}: every fact of each host is known, and as the hosts are`, async () => {
      const { cc1, cc2, prom } = await (await connect({ user })).observe();
      assert.deepEqual([cc1, cc2].map(unknowns), [witnessFacts, witnessFacts]);
      assert.deepEqual(unknowns(prom), controllerFacts);
      for (const [host, observed] of [
        ['cc1', cc1],
        ['cc2', cc2],
      ] as const) {
        const asked = (command: string) => lab.mustConsole(host, command).then((text) => text.trim());
        assert.equal(value(observed.bootId), await asked('cat /proc/sys/kernel/random/boot_id'));
        const addresses = value(observed.addresses).map(({ address }) => address);
        assert.equal(addresses.includes(VIP), (await asked('ip -4 -o address')).includes(` ${VIP}/`));
        assert.equal(String(value(observed.cmonProcesses)), await asked('pgrep -c -x cmon || true'));
        assert.equal(value(observed.units)['cmon']?.active, await asked('systemctl is-active cmon || true'));
        assert.equal(value(observed.mysql).serverUuid, await asked('mysql -N -e "SELECT @@server_uuid"'));
        assert.equal(
          Number(value(observed.mysql).superReadOnly),
          Number(await asked('mysql -N -e "SELECT @@super_read_only"')),
        );
        const digest = await asked('sha256sum /etc/keepalived/keepalived.conf');
        assert.equal(value(observed.configDigests)['/etc/keepalived/keepalived.conf'], digest.split(' ')[0]);
        assert.ok(Math.abs(value(observed.resources).clockSkewMs) < 500);
        const epoch = await asked("cut -d' ' -f1 /var/lib/clustercontrol-ha/role 2>/dev/null || true");
        assert.equal(value(observed.role).record?.epoch, hardened ? Number(epoch) : undefined);
        assert.equal(value(observed.keepalived).follows, hardened ? 'role-flag' : 'process-check');
        assert.equal(value(observed.keepalived).test?.exitCode, hardened ? 0 : 6);
        assert.doesNotMatch(value(observed.keepalived).config ?? '', /auth_pass\s+(?!\(hidden\))/);
        assert.equal((await lab.console(host, 'test -e /tmp/keepalived.json')).code, 1);
      }
      assert.equal(value(prom.prometheusReady), true);
      const replica = value(cc2.mysql).replica;
      assert.ok((replica?.heartbeatAgeMs ?? Infinity) < 2000, JSON.stringify(replica));
    });
  }

  it('the observation holds still: twice the same, but for what grows', async () => {
    const { observe } = await connect();
    const stable = ({ cc1 }: { cc1: HostObservation }) => [
      value(cc1.units),
      value(cc1.snat),
      value(cc1.keepalived),
      value(cc1.role),
      value(cc1.configDigests),
      value(cc1.bootId),
    ];
    assert.deepEqual(stable(await observe()), stable(await observe()));
  });

  it('without sudo: what every user may see is known, the rest unknown with the reason', async () => {
    const { cc1 } = await (await connect({ user: 'limited' })).observe();
    assert.equal(value(cc1.privileged), false);
    assert.ok(value(cc1.addresses).length > 1);
    assert.equal(cc1.snat.known, false);
    assert.match(reason(cc1.snat), /root/);
    assert.match(reason(cc1.mysql), /sudo/);
  });

  it('a wrong MySQL password is named as that', async () => {
    const admin = { user: 'repl', password: { secret: 'mysql-admin' } };
    const choices: Choices = {
      user: 'operator',
      mysql: { admin },
      env: { CCHA_SECRET_MYSQL_ADMIN: 'wrong' },
    };
    const { observe, log } = await connect(choices);
    const { cc1 } = await observe();
    assert.match(reason(cc1.mysql), /1045/);
    assert.deepEqual(unknowns(cc1), ['mysql', ...witnessFacts]);
    assert.ok(!JSON.stringify([cc1, log.lines]).includes('wrong'));
  });

  it('a secret that is not there is named, not guessed', async () => {
    const admin = { user: 'repl', password: { secret: 'mysql-admin' } };
    const { cc1 } = await (await connect({ user: 'operator', mysql: { admin } })).observe();
    assert.match(reason(cc1.mysql), /mysql-admin/);
  });

  it('an admin user with a password works where ssh is not root', async () => {
    await sql(
      lab,
      'cc1',
      "CREATE USER watcher@localhost IDENTIFIED BY 'w'; GRANT SELECT, REPLICATION CLIENT ON *.* TO watcher@localhost",
    );
    try {
      const admin = { user: 'watcher', password: { secret: 'mysql-admin' } };
      const { sql: sessions } = await connect({
        user: 'limited',
        mysql: { admin },
        env: { CCHA_SECRET_MYSQL_ADMIN: 'w' },
      });
      const session = await sessions.get('cc1');
      assert.deepEqual(await session.query('SELECT CURRENT_USER() AS me, ? AS x', ["it's"]), [
        { me: 'watcher@localhost', x: "it's" },
      ]);
    } finally {
      await sql(lab, 'cc1', 'DROP USER watcher@localhost');
    }
  });

  it('`sudo mysql` gives the same rows as a connection', async () => {
    const query = "SELECT 1 AS one, NULL AS none, 'a<&\"b' AS text, ? AS given";
    const rows = await Promise.all(
      ['root', 'operator'].map(async (user) =>
        (await (await connect({ user })).sql.get('cc1')).query(query, ["it's ?"]),
      ),
    );
    assert.deepEqual(rows[0], [{ one: 1, none: null, text: 'a<&"b', given: "it's ?" }]);
    assert.deepEqual(rows[1], [{ one: '1', none: null, text: 'a<&"b', given: "it's ?" }]);
  });

  it('mysqld down: MySQL unknown, everything else known; up again: known again on the same sessions', async () => {
    const { observe } = await connect();
    await observe();
    await lab.mustConsole('cc2', 'systemctl stop mysql');
    try {
      const { cc2 } = await observe();
      assert.deepEqual(unknowns(cc2), ['mysql', ...witnessFacts]);
      assert.notEqual(value(cc2.units)['mysql']?.active, 'active');
    } finally {
      await lab.mustConsole('cc2', 'systemctl start mysql');
      await waitForMysql(lab, 'cc2');
    }
    assert.equal(value((await observe()).cc2.mysql).serverId, 2);
  });

  it('a dead host is unknown as a whole within five seconds, the others are not', async () => {
    const { observe } = await connect();
    await observe();
    await lab.unplug('cc2');
    try {
      const began = performance.now();
      const { cc1, cc2, prom } = await observe();
      assert.ok(performance.now() - began < 5500);
      assert.equal(cc2.reachable.known, false);
      assert.equal(
        unknowns(cc2).length,
        Object.values(cc2).filter((fact) => typeof fact === 'object').length,
      );
      assert.equal(value(cc1.reachable), true);
      assert.equal(value(prom.reachable), true);
      const second = performance.now();
      assert.equal((await observe()).cc2.reachable.known, false);
      assert.ok(performance.now() - second < 5000);
    } finally {
      await lab.plug('cc2');
    }
    await lab.waitForSsh('cc2');
    assert.equal(value((await observe()).cc2.reachable), true);
  });

  it('SNAT left behind, a masked unit, a stopped applier: seen at once', async () => {
    const { observe } = await connect();
    await lab.mustConsole(
      'cc2',
      `iptables -t nat -A POSTROUTING -o eth0 -d 203.0.113.1 -j SNAT --to-source ${VIP}`,
    );
    await lab.mustConsole('cc2', 'systemctl mask --runtime keepalived');
    await sql(lab, 'cc2', 'STOP REPLICA SQL_THREAD');
    try {
      const { cc2 } = await observe();
      assert.equal(value(cc2.snat).toVip.length, 1);
      assert.equal(value(cc2.snat).hardened, false);
      assert.equal(value(cc2.units)['keepalived']?.file, 'masked-runtime');
      assert.equal(value(cc2.mysql).replica?.sqlRunning, 'No');
    } finally {
      await lab.mustConsole(
        'cc2',
        `iptables -t nat -D POSTROUTING -o eth0 -d 203.0.113.1 -j SNAT --to-source ${VIP}`,
      );
      await lab.mustConsole('cc2', 'systemctl unmask --runtime keepalived');
      await sql(lab, 'cc2', 'START REPLICA SQL_THREAD');
    }
  });

  it('a disk that is full still lets itself be observed', async () => {
    const { observe } = await connect();
    await observe();
    await lab.fillDisk('cc2');
    try {
      const { cc2 } = await observe();
      assert.equal(value(cc2.reachable), true);
      assert.ok(value(cc2.resources).filesystems.some(({ freeBytes }) => freeBytes < 1024 * 1024));
    } finally {
      await lab.freeDisk('cc2');
    }
    await waitFor('replication to go on', 20_000, async () => {
      const { cc2 } = await observe();
      return cc2.mysql.known && cc2.mysql.value.replica?.sqlRunning === 'Yes';
    });
  });
});
