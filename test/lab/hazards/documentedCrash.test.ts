import assert from 'node:assert/strict';
import { planReadiness } from '../../../src/core/plan/readiness';
import { sql, waitForMysql } from '../documented/mysql';
import { Lab } from '../lab';
import { Product } from '../promote/product';
import { waitFor } from '../wait';
import { DocumentedSite } from './documentedSite';
import {
  cloneSql,
  PROMOTION_SQL_SPELLED,
  sourceSql,
  START_LSYNCD,
  STOP_LSYNCD,
  STOP_SERVICES,
} from './literal';
import { staysTrue } from './staysTrue';

const NEWEST = 'SELECT MAX(id) FROM cmon.heartbeat';
const READ_ONLY = 'SELECT @@GLOBAL.read_only + @@GLOBAL.super_read_only';
const AT_REST_MS = 9000;

async function codes(product: Product): Promise<readonly string[]> {
  return (await product.sites.observe(product.site)).findings.map(({ code }) => code);
}

describe('documented hosts in a partition, and a crash after it', function () {
  this.timeout(180_000);
  const lab = Lab.current();
  let site: DocumentedSite;
  let product: Product;

  before(async () => {
    site = await DocumentedSite.on(lab);
    product = await Product.on(lab);
    // A replica that was still connecting would not look sound for another minute.
    await waitFor('Yes, Yes and 0 on cc2', 30_000, () => site.looksHealthy('cc2'));
    await lab.partition('cc1', 'cc2');
    await sql(
      lab,
      'cc1',
      'DROP DATABASE IF EXISTS lonely; CREATE DATABASE lonely; CREATE TABLE lonely.t (id INT PRIMARY KEY); INSERT INTO lonely.t VALUES (1), (2), (3);',
    );
  });
  after(async () => {
    await product.close();
    await site.restore();
  });

  it('hazard 5, documented: the status reads Yes, Yes and 0 while nothing arrives', async () => {
    const before = (await sql(lab, 'cc2', NEWEST)).trim();
    await staysTrue('Yes, Yes and 0', 4000, () => site.looksHealthy('cc2'));
    assert.equal((await sql(lab, 'cc2', NEWEST)).trim(), before, 'nothing has arrived');
    assert.ok(Number(await sql(lab, 'cc1', NEWEST)) > Number(before), 'and there was something');
    assert.equal((await sql(lab, 'cc2', "SHOW DATABASES LIKE 'lonely'")).trim(), '');
  });

  it('hazard 5, product: the silence is named, and no promotion is planned on it', async () => {
    await waitFor('heartbeat-stale', 60_000, async () => (await codes(product)).includes('heartbeat-stale'));
    const { blocking } = planReadiness(await product.plan('cc2'), {});
    assert.ok(blocking.includes('lag') || blocking.includes('heartbeat'), blocking.join());
  });

  it('hazard 21, documented: both hold the VIP; the product names it', async () => {
    await lab.partition('cc1', 'cc2');
    for (const host of ['cc1', 'cc2'] as const)
      await waitFor(`the VIP on ${host}`, 20_000, () => site.holdsVip(host));
    assert.ok((await codes(product)).includes('dual-vip'));
  });

  it('hazard 16, documented: the standby is promoted, and cmon runs twice; the product names it', async () => {
    await lab.partition('cc1', 'cc2');
    await site.promoteByHand();
    assert.equal(await site.runs('cc1', 'cmon'), true, 'nothing has stopped it');
    for (const host of ['cc1', 'cc2'] as const)
      assert.equal((await sql(lab, host, READ_ONLY)).trim(), '0', `${host} takes writes`);
    const named = await codes(product);
    assert.ok(named.includes('dual-cmon') && named.includes('dual-writer'), named.join());
  });

  it('hazard 21, documented: both keep it when they hear each other again', async () => {
    await lab.heal();
    for (const host of ['cc1', 'cc2'] as const)
      await waitFor(`the VIP on ${host}`, 20_000, () => site.holdsVip(host));
    await staysTrue('two holders', AT_REST_MS, async () =>
      (await Promise.all([site.holdsVip('cc1'), site.holdsVip('cc2')])).every(Boolean),
    );
  });

  it('hazards 6 and 10, documented: cc1 comes back open; its CLONE destroys what only it had', async () => {
    await lab.reboot('cc1', 'hard');
    await lab.heal();
    await waitForMysql(lab, 'cc1');
    assert.equal((await sql(lab, 'cc1', READ_ONLY)).trim(), '0', 'an old primary that is writable');
    assert.equal(
      (await sql(lab, 'cc1', 'SELECT COUNT(*) FROM lonely.t')).trim(),
      '3',
      'acknowledged, and there',
    );
    // "Preparing old cc1 as secondary". What hazard 4 leaves behind is gone with the reboot.
    for (const command of [STOP_SERVICES, STOP_LSYNCD, 'systemctl stop keepalived', 'iptables -t nat -F'])
      await lab.mustConsole('cc1', command);
    const outcome = await lab.console('cc1', 'mysql', { input: cloneSql('cc2'), timeoutMs: 60_000 });
    assert.equal(outcome.code, 0, outcome.stderr);
    await waitFor('MySQL of cc1 with the other data', 60_000, async () => {
      const seen = await lab.console('cc1', 'mysql -N', {
        input: "SHOW DATABASES LIKE 'lonely'; SELECT 'asked'",
      });
      return seen.stdout.trim() === 'asked';
    });
    assert.equal((await sql(lab, 'cc2', "SHOW DATABASES LIKE 'lonely'")).trim(), '', 'nowhere any more');
  });
});

describe('documented hosts when cc1 loses power', function () {
  this.timeout(180_000);
  const lab = Lab.current();
  let site: DocumentedSite;
  let product: Product;

  before(async () => {
    site = await DocumentedSite.on(lab);
    product = await Product.on(lab);
    // Five rows that cc2 has received and not applied.
    await sql(
      lab,
      'cc1',
      'DROP DATABASE IF EXISTS received; CREATE DATABASE received; CREATE TABLE received.t (id INT PRIMARY KEY)',
    );
    const rows = 'SELECT COUNT(*) FROM received.t';
    await waitFor('the table on cc2', 20_000, () =>
      sql(lab, 'cc2', rows).then(
        () => true,
        () => false,
      ),
    );
    await sql(lab, 'cc2', 'STOP REPLICA SQL_THREAD');
    await sql(lab, 'cc1', 'INSERT INTO received.t VALUES (1), (2), (3), (4), (5)');
    const all = (await sql(lab, 'cc1', 'SELECT @@GLOBAL.gtid_executed')).replaceAll(/\s|\\n/g, '');
    const missing = `SELECT GTID_SUBTRACT('${all}', CONCAT_WS(',', NULLIF(RECEIVED_TRANSACTION_SET, ''), @@GLOBAL.gtid_executed))
      FROM performance_schema.replication_connection_status`;
    await waitFor(
      'the rows in the relay log',
      20_000,
      async () => (await sql(lab, 'cc2', missing)).trim() === '',
    );
    await lab.powerOff('cc1', 'hard');
  });
  after(async () => {
    await product.close();
    await site.restore();
  });

  it('hazard 15, documented: the VIP goes to a host without cmon and with closed MySQL; the product names it', async () => {
    await waitFor('the VIP on cc2', 20_000, () => site.holdsVip('cc2'));
    assert.equal(await site.runs('cc2', 'cmon'), false);
    assert.equal((await sql(lab, 'cc2', READ_ONLY)).trim(), '2');
    const named = await codes(product);
    assert.ok(
      named.some((code) => ['vip-orphaned', 'vip-on-standby'].includes(code)),
      named.join(),
    );
  });

  it('hazard 7, documented: what was received and not applied is thrown away by the promotion', async () => {
    assert.equal((await sql(lab, 'cc2', 'SELECT COUNT(*) FROM received.t')).trim(), '0');
    await sql(lab, 'cc2', PROMOTION_SQL_SPELLED);
    assert.equal((await sql(lab, 'cc2', 'SELECT COUNT(*) FROM received.t')).trim(), '0', 'none of five');
    assert.equal((await sql(lab, 'cc2', 'SHOW REPLICA STATUS')).trim(), '', 'and no relay log any more');
  });

  it('hazard 18, documented: lsyncd fails while the other host is down, and stays failed', async () => {
    const state = async (): Promise<string> =>
      (await lab.console('cc2', 'systemctl is-active lsyncd')).stdout.trim();
    // A connection to a host that is off is given up after seconds or two minutes; here always after seconds.
    await lab.mustConsole('cc2', 'sysctl -q net.ipv4.tcp_syn_retries=2');
    await lab.console('cc2', START_LSYNCD);
    await waitFor('lsyncd to give up', 60_000, async () => (await state()) === 'failed');
    await lab.powerOn('cc1');
    await staysTrue('lsyncd failed on cc2', 5000, async () => (await state()) === 'failed');
  });
});

describe('documented hosts when cc2 cannot log in at its source', function () {
  this.timeout(180_000);
  const lab = Lab.current();
  let site: DocumentedSite;
  let product: Product;
  const io = (): Promise<string> => site.status('cc2', 'Replica_IO_Running');
  const lag = (): Promise<string> => site.status('cc2', 'Seconds_Behind_Source');

  before(async () => {
    site = await DocumentedSite.on(lab);
    product = await Product.on(lab);
    await lab.mustConsole('cc1', 'iptables -A INPUT -p tcp --dport 3306 -j REJECT --reject-with tcp-reset');
  });
  beforeEach(() =>
    // Five tries instead of ten, one second apart instead of sixty: the same end, sooner.
    sql(
      lab,
      'cc2',
      `STOP REPLICA; RESET REPLICA ALL; ${sourceSql('cc1').replace('= 1;', '= 1, SOURCE_CONNECT_RETRY = 1, SOURCE_RETRY_COUNT = 5;')}
       START REPLICA;`,
    ),
  );
  after(async () => {
    await product.close();
    await lab.mustConsole('cc1', 'iptables -F INPUT');
    await sql(lab, 'cc2', 'STOP REPLICA; RESET REPLICA ALL');
    await site.restore();
  });

  it('hazard 8, documented: it is 0 seconds behind while it connects, and when it has given up for good', async () => {
    assert.deepEqual([await io(), await lag()], ['Connecting', '0']);
    await waitFor('the IO thread to give up', 60_000, async () => (await io()) === 'No');
    assert.deepEqual([await lag(), await site.status('cc2', 'Replica_SQL_Running')], ['0', 'Yes']);
    await lab.mustConsole('cc1', 'iptables -F INPUT');
    await staysTrue('given up', 3000, async () => (await io()) === 'No');
    await lab.mustConsole('cc1', 'iptables -A INPUT -p tcp --dport 3306 -j REJECT --reject-with tcp-reset');
  });

  it('hazard 8, product: it is no replica, whatever the lag says', async () => {
    assert.equal(await lag(), '0');
    const named = await codes(product);
    assert.ok(named.includes('standby-not-replicating'), named.join());
    const { blocking } = planReadiness(await product.plan('cc2'), {});
    assert.ok(blocking.includes('threads'), blocking.join());
  });
});
