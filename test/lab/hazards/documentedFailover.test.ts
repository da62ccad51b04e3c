import assert from 'node:assert/strict';
import { sql, waitForFlow, waitForMysql, waitForReplication } from '../documented/mysql';
import { Lab } from '../lab';
import { Product, runText } from '../promote/product';
import { checkOf, planRejoin, whyNot } from '../rejoin/looks';
import { VIP } from '../site';
import { waitFor } from '../wait';
import { DocumentedSite } from './documentedSite';
import {
  cloneSql,
  PROMOTION_SQL,
  READ_ONLY_SQL,
  sourceSqlWithKey,
  STOP_LSYNCD,
  STOP_MYSQL,
  STOP_SERVICES,
} from './literal';
import { staysTrue } from './staysTrue';

const NEWEST = 'SELECT MAX(id) FROM cmon.heartbeat';
const READ_ONLY = 'SELECT @@GLOBAL.read_only + @@GLOBAL.super_read_only';
/** What the simulated election says of the documented pair (docs/election.md). */
const AT_REST_MS = 9000;

describe('the documented statements on the standby', function () {
  this.timeout(180_000);
  const lab = Lab.current();
  let site: DocumentedSite;
  let product: Product;

  before(async () => {
    site = await DocumentedSite.on(lab);
    product = await Product.on(lab);
  });
  after(() => product.close());
  afterEach(() => site.restore());

  it('hazard 14, documented: the promotion as printed stops replication and leaves the standby closed', async () => {
    const outcome = await lab.console('cc2', 'mysql', { input: PROMOTION_SQL });
    assert.notEqual(outcome.code, 0);
    assert.match(outcome.stderr, /1064.*MASTER/s);
    assert.equal((await sql(lab, 'cc2', READ_ONLY)).trim(), '2', 'read-only as before');
    assert.equal(await site.status('cc2', 'Replica_SQL_Running'), 'No', 'and no replica any more');
  });

  it('hazard 13, documented and product: the history is thrown away under a running replica; no promotion is made of it', async () => {
    await waitForFlow(lab, 'cc1');
    await sql(lab, 'cc2', 'RESET BINARY LOGS AND GTIDS');
    await waitFor('Yes, Yes and 0', 20_000, () => site.looksHealthy('cc2'));
    const left = (await sql(lab, 'cc2', 'SELECT @@GLOBAL.gtid_executed')).trim();
    // All but what came since.
    assert.doesNotMatch(left, /:1-/, 'nothing of what it has is on record');
    // Everything has to be there before the outage begins, and it is not.
    const run = await product.promote('cc2');
    assert.ok(run.end === 'refused' || run.end === 'undone', runText(run));
    const stop = run.steps.find(({ id }) => id === 'services-stop');
    assert.equal(stop?.startedAtMs, undefined, runText(run));
    assert.equal((await sql(lab, 'cc1', READ_ONLY)).trim(), '0', 'cc1 is the primary as before');
  });
});

describe('the documented failover from cc1 to cc2', function () {
  this.timeout(180_000);
  const lab = Lab.current();
  let site: DocumentedSite;
  let product: Product;

  before(async () => {
    site = await DocumentedSite.on(lab);
    product = await Product.on(lab);
    for (const command of [STOP_SERVICES, STOP_MYSQL, STOP_LSYNCD]) await lab.mustConsole('cc1', command);
    await site.promoteByHand();
  });
  after(async () => {
    await product.close();
    await site.restore();
  });

  it('hazard 1, documented: cmon runs on cc2, and the VIP stays on cc1', async () => {
    assert.equal(await site.runs('cc2', 'cmon'), true);
    assert.equal(await site.runs('cc1', 'cmon'), false);
    await staysTrue('the VIP on cc1', AT_REST_MS, () => site.holdsVip('cc1'));
    assert.equal(await site.holdsVip('cc2'), false);
  });

  it('hazard 10, documented: MySQL of the old primary comes back open, and writes', async () => {
    await lab.mustConsole('cc1', 'systemctl start mysql');
    await waitForMysql(lab, 'cc1');
    assert.equal((await sql(lab, 'cc1', READ_ONLY)).trim(), '0');
    const next = Number(await sql(lab, 'cc1', NEWEST)) + 1;
    await sql(
      lab,
      'cc1',
      `INSERT INTO cmon.heartbeat (id, host, kind, at) VALUES (${next}, 'cc1', 'beat', NOW(6))`,
    );
    assert.equal((await sql(lab, 'cc1', NEWEST)).trim(), String(next), 'a row that nobody else has');
  });

  it('hazard 9, product: after such a reset the way back is a CLONE, behind typed words', async () => {
    await lab.mustConsole('cc1', 'systemctl start mysql');
    await waitForMysql(lab, 'cc1');
    const plan = await planRejoin(product, 'cc1');
    assert.equal(plan.mode, 'clone', whyNot(plan));
    assert.match(checkOf(plan, 'extra-transactions').phrase ?? '', /^give up \d+ of cc1$/, whyNot(plan));
  });

  it('hazard 9, documented: following without a CLONE is accepted, and collides', async () => {
    await lab.mustConsole('cc1', 'systemctl start mysql');
    await waitForMysql(lab, 'cc1');
    await sql(
      lab,
      'cc1',
      'STOP REPLICA; RESET REPLICA ALL; SET GLOBAL super_read_only = 0; SET GLOBAL read_only = 0;',
    );
    // cmon's next key on cc2 is one that cc1 has used: it wrote before it stopped, or since it is back.
    const taken = Number(await sql(lab, 'cc2', NEWEST)) + 20;
    await sql(
      lab,
      'cc1',
      `INSERT IGNORE INTO cmon.heartbeat (id, host, kind, at) VALUES (${taken}, 'cc1', 'beat', NOW(6));
       ${sourceSqlWithKey('cc2')} START REPLICA;`,
    );
    const errors =
      'SELECT LAST_ERROR_NUMBER FROM performance_schema.replication_applier_status_by_worker WHERE LAST_ERROR_NUMBER > 0 LIMIT 1';
    await waitFor('error 1062', 30_000, async () => (await sql(lab, 'cc1', errors)).trim() === '1062');
    await sql(lab, 'cc1', 'STOP REPLICA; RESET REPLICA ALL');
  });

  it('hazard 4, documented and product: the rule outlives the VIP, nothing gets out, and the CLONE fails', async () => {
    await lab.mustConsole('cc1', 'systemctl start mysql');
    await waitForMysql(lab, 'cc1');
    await lab.mustConsole('cc1', 'systemctl stop keepalived');
    await waitFor('the VIP on cc2', 20_000, () => site.holdsVip('cc2'));
    assert.equal(await site.holdsVip('cc1'), false);
    assert.equal(await site.hasSnat('cc1'), true, 'left behind');
    const out = await lab.console('cc1', 'timeout 4 bash -c "</dev/tcp/prom/9090"');
    assert.notEqual(out.code, 0, 'answers go to the host that has the address now');
    const { findings } = await product.sites.observe(product.site);
    assert.ok(
      findings.some(({ code }) => code === 'snat-leaked'),
      findings.map(({ code }) => code).join(),
    );
    const clone = await lab.console('cc1', 'mysql', { input: cloneSql('cc2'), timeoutMs: 60_000 });
    assert.match(clone.stderr, /3862/);
  });

  it('hazard 11, documented: the copy that CLONE makes takes writes until somebody closes it', async () => {
    await lab.mustConsole('cc1', `iptables -t nat -D POSTROUTING -o eth0 -j SNAT --to-source ${VIP} || true`);
    await cloneToCc1(lab);
    assert.equal((await sql(lab, 'cc1', READ_ONLY)).trim(), '0');
    await sql(lab, 'cc1', 'CREATE DATABASE stray');
  });

  it('hazard 12, documented: a write that such a replica takes breaks it later', async () => {
    await lab.mustConsole('cc1', `iptables -t nat -D POSTROUTING -o eth0 -j SNAT --to-source ${VIP} || true`);
    await cloneToCc1(lab);
    await sql(lab, 'cc1', `${sourceSqlWithKey('cc2')} START REPLICA;`);
    await waitForReplication(lab, 'cc1');
    // Between START REPLICA and the last statements of the documentation.
    const taken = Number(await sql(lab, 'cc2', NEWEST)) + 40;
    await sql(
      lab,
      'cc1',
      `INSERT INTO cmon.heartbeat (id, host, kind, at) VALUES (${taken}, 'stray', 'beat', NOW(6))`,
    );
    await sql(lab, 'cc1', READ_ONLY_SQL);
    assert.equal((await sql(lab, 'cc1', READ_ONLY)).trim(), '2', 'closed, and too late');
    await waitFor(
      'the applier to stop',
      30_000,
      async () => (await site.status('cc1', 'Last_SQL_Errno')) === '1062',
    );
  });
});

/** "Preparing old cc1 as secondary", up to its CLONE. */
async function cloneToCc1(lab: Lab): Promise<void> {
  await sql(
    lab,
    'cc1',
    'STOP REPLICA; RESET REPLICA ALL; SET GLOBAL super_read_only = 0; SET GLOBAL read_only = 0;',
  );
  const before = (await sql(lab, 'cc1', 'SELECT NOW(3)')).trim();
  await sql(lab, 'cc1', cloneSql('cc2'));
  await waitFor('the CLONE', 60_000, async () => {
    const done = `SELECT COUNT(*) FROM performance_schema.clone_status WHERE STATE = 'Completed' AND BEGIN_TIME >= '${before}'`;
    return (await sql(lab, 'cc1', done).catch(() => '')).trim() === '1';
  });
}
