import assert from 'node:assert/strict';
import { planReadiness } from '../../../src/core/plan/readiness';
import { sql, waitForReplication } from '../documented/mysql';
import { Lab } from '../lab';
import { Product, runText } from '../promote/product';
import { waitForRoles } from '../promote/roles';
import { Referee } from '../referee/referee';
import { checkOf, isHealthyStandby, planRejoin, reasons, rejoinUnderReferee, whyNot } from './looks';
import {
  breakApplier,
  emptyServer,
  purgeAll,
  purgeWhatItLacks,
  returnedWithExtra,
  returnedWithNothingExtra,
  writeErrant,
} from './situations';
import { positionInNoRelayLog, tornRelayLogIndex, tornRescue } from './tornRelayLogs';

describe('prepare as secondary, on hardened hosts', function () {
  this.timeout(240_000);
  const lab = Lab.current();
  let product: Product;
  const figures: string[] = [];

  before(async () => {
    await waitForRoles(lab, 'cc1');
    product = await Product.on(lab);
    // Its accounts are there from now on, on both hosts.
    await (await Referee.watch()).finish('cc1');
  });
  after(async () => {
    await product.close();
    console.log(figures.map((line) => `      ${line}`).join('\n'));
  });

  function took(what: string, run: { startedAtMs: number; endedAtMs?: number | undefined }): void {
    figures.push(`${what}: ${(((run.endedAtMs ?? NaN) - run.startedAtMs) / 1000).toFixed(1)} s`);
  }

  async function promoted(target: 'cc1' | 'cc2'): Promise<void> {
    const run = await product.promote(target);
    assert.equal(run.end, 'done', runText(run));
    await waitForRoles(lab, target);
  }

  it('the primary itself is refused', async () => {
    const plan = await planRejoin(product, 'cc1');
    assert.ok(planReadiness(plan, {}).blocking.includes('primary-clear'), whyNot(plan));
  });

  it('a standby whose replication has only stopped starts again', async () => {
    await sql(lab, 'cc2', 'STOP REPLICA');
    const plan = await planRejoin(product, 'cc2');
    assert.equal(plan.mode, 'follow', whyNot(plan));
    took('replication stopped, by auto position', await rejoinUnderReferee(lab, product, 'cc2', plan));
  });

  it('a standby whose index of relay logs is torn follows with a new one', async () => {
    await tornRelayLogIndex(lab, 'cc2');
    await assert.rejects(
      sql(lab, 'cc2', "CHANGE REPLICATION SOURCE TO SOURCE_HOST='cc1', SOURCE_AUTO_POSITION=1"),
      /1201/,
      'MySQL itself does not get over it',
    );
    const plan = await planRejoin(product, 'cc2');
    assert.equal(plan.mode, 'follow', whyNot(plan));
    took('torn relay logs, by auto position', await rejoinUnderReferee(lab, product, 'cc2', plan));
  });

  it('a standby that lost its power while a rescue was applied follows', async () => {
    await tornRescue(lab, 'cc2');
    await assert.rejects(
      sql(lab, 'cc2', 'STOP REPLICA; RESET REPLICA ALL'),
      /1373/,
      'MySQL itself does not get over it',
    );
    const plan = await planRejoin(product, 'cc2');
    assert.equal(plan.mode, 'follow', whyNot(plan));
    took('torn rescue, by auto position', await rejoinUnderReferee(lab, product, 'cc2', plan));
  });

  it('a standby that lost its power between CHANGE and START follows', async () => {
    await positionInNoRelayLog(lab, 'cc2');
    await assert.rejects(sql(lab, 'cc2', 'START REPLICA'), /1872/, 'MySQL itself does not get over it');
    const plan = await planRejoin(product, 'cc2');
    assert.equal(plan.mode, 'follow', whyNot(plan));
    took('no relay log, by auto position', await rejoinUnderReferee(lab, product, 'cc2', plan));
  });

  it('an old primary that lost nothing follows by auto position; its files are kept', async () => {
    await returnedWithNothingExtra(lab, 'cc1');
    await lab.put('cc1', '/etc/cmon.d/cmon_only_here.cnf', 'of the old primary\n');
    await lab.put('cc2', '/etc/cmon.d/cmon_new.cnf', 'of the new primary\n');
    const plan = await planRejoin(product, 'cc1');
    assert.equal(plan.mode, 'follow', whyNot(plan));
    const { evidence } = checkOf(plan, 'files');
    assert.ok(
      evidence.some((line) => line.includes('cmon_only_here.cnf (only there)')),
      evidence.join('\n'),
    );
    took('returned, by auto position', await rejoinUnderReferee(lab, product, 'cc1', plan));
    const kept = `/var/lib/clustercontrol-ha/kept/${plan.id}/files/etc/cmon.d/cmon_only_here.cnf`;
    assert.equal(await lab.read('cc1', kept), 'of the old primary\n');
    assert.equal(await lab.read('cc1', '/etc/cmon.d/cmon_new.cnf'), 'of the new primary\n');
    assert.equal(
      (await lab.console('cc2', 'test -e /etc/cmon.d/cmon_new.cnf')).code,
      0,
      'the newer file lives',
    );
    await promoted('cc1');
  });

  it('what only an old primary has is shown, kept, given up by typed words, and replaced by CLONE', async () => {
    await returnedWithExtra(lab, 'cc1');
    const plan = await planRejoin(product, 'cc1');
    const extra = checkOf(plan, 'extra-transactions');
    const seen = extra.evidence.join('\n');
    assert.equal(plan.mode, 'clone', whyNot(plan));
    assert.match(seen, /[0-9a-f-]{36}:\d+/);
    assert.match(seen, /INSERT lonely\.t: 2/);
    assert.match(extra.phrase ?? '', /^give up \d+ of cc1$/);
    const inPassing = { 'extra-transactions': 'yes' };
    assert.deepEqual(planReadiness(plan, inPassing).unacknowledged, ['extra-transactions']);
    const refused = await product.start(await planRejoin(product, 'cc1'), inPassing);
    assert.equal(refused.end, 'refused', runText(refused));
    took('returned with extra, by CLONE', await rejoinUnderReferee(lab, product, 'cc1', plan));
    const folder = `/var/lib/clustercontrol-ha/kept/${plan.id}`;
    assert.match(await lab.read('cc1', `${folder}/transactions.sql`), /nobody else has this/);
    const replayed = `mysqlbinlog --no-defaults --include-gtids="$(cat ${folder}/gtid-set)" ${folder}/mysql-bin.* | grep -c 'BINLOG'`;
    assert.notEqual((await lab.mustConsole('cc1', replayed)).trim(), '0', 'the kept logs can be replayed');
    assert.equal(await sql(lab, 'cc1', "SHOW DATABASES LIKE 'lonely'"), '');
    await promoted('cc1');
  });

  it('an errant transaction on the standby is shown, kept, and replaced by CLONE', async () => {
    await writeErrant(lab, 'cc2');
    const plan = await planRejoin(product, 'cc2');
    assert.equal(checkOf(plan, 'extra-transactions').phrase, 'give up 3 of cc2', whyNot(plan));
    took('errant, by CLONE', await rejoinUnderReferee(lab, product, 'cc2', plan));
    assert.equal(await sql(lab, 'cc2', "SHOW DATABASES LIKE 'errant'"), '');
  });

  it('own transactions that its binary logs no longer hold are said to be lost, and given up by the same words', async () => {
    await writeErrant(lab, 'cc2');
    await purgeAll(lab, 'cc2');
    const plan = await planRejoin(product, 'cc2');
    const extra = checkOf(plan, 'extra-transactions');
    assert.equal(extra.phrase, 'give up 3 of cc2', whyNot(plan));
    assert.match(extra.evidence.join('\n'), /3 of them are no longer in its binary logs, and can't be kept/);
    took('errant and purged, by CLONE', await rejoinUnderReferee(lab, product, 'cc2', plan));
    assert.equal(await sql(lab, 'cc2', "SHOW DATABASES LIKE 'errant'"), '');
  });

  it('of own transactions that it has purged in part, the rest is kept; what is purged behind the plan undoes it', async () => {
    await writeErrant(lab, 'cc2');
    await purgeAll(lab, 'cc2');
    await writeErrant(
      lab,
      'cc2',
      'INSERT INTO errant.t VALUES (2); CREATE TABLE errant.late (what VARCHAR(20))',
    );
    const late = await planRejoin(product, 'cc2');
    const said = checkOf(late, 'extra-transactions');
    assert.match(
      said.evidence.join('\n'),
      /3 of them are no longer in its binary logs, and can't be kept: \S+/,
    );
    assert.equal(said.phrase, 'give up 5 of cc2');
    await purgeAll(lab, 'cc2');
    const undone = await product.start(late, reasons(late));
    assert.equal(undone.end, 'undone', runText(undone));
    assert.match(undone.summary, /the binary logs of cc2 lack [0-9a-f-]{36}:\d+-\d+/);

    await writeErrant(lab, 'cc2', "INSERT INTO errant.late VALUES ('only this')");
    const plan = await planRejoin(product, 'cc2');
    const extra = checkOf(plan, 'extra-transactions');
    assert.equal(extra.phrase, 'give up 6 of cc2', whyNot(plan));
    assert.match(extra.evidence.join('\n'), /5 of them are no longer/);
    took('errant and purged in part, by CLONE', await rejoinUnderReferee(lab, product, 'cc2', plan));
    const folder = `/var/lib/clustercontrol-ha/kept/${plan.id}`;
    assert.match(await lab.read('cc2', `${folder}/transactions.sql`), /only this/);
    const [, uuid, newest] = /that only cc2 has: (\S+):\d+-(\d+)$/m.exec(extra.evidence.join('\n')) ?? [];
    assert.equal((await lab.read('cc2', `${folder}/gtid-set`)).trim(), `${uuid}:${newest}`);
  });

  it('a broken applier means a CLONE; tables of other engines stop it, and a wrong password', async () => {
    await breakApplier(lab, 'cc2');
    await sql(lab, 'cc1', 'CREATE TABLE cmon.old (id INT) ENGINE = MyISAM');
    const blocked = await planRejoin(product, 'cc2');
    assert.ok(planReadiness(blocked, {}).blocking.includes('other-engines'), whyNot(blocked));
    assert.match(checkOf(blocked, 'other-engines').evidence.join(), /cmon\.old \(MyISAM\)/);
    await sql(lab, 'cc1', 'DROP TABLE cmon.old');

    const wrong = await Product.on(lab, {
      secrets: { get: (name) => Promise.resolve(name.includes('clone') ? 'wrong' : 'Secur3_p4ssword') },
    });
    const refused = await planRejoin(wrong, 'cc2');
    assert.ok(planReadiness(refused, {}).blocking.includes('clone-login'), whyNot(refused));
    await wrong.close();

    const plan = await planRejoin(product, 'cc2');
    assert.equal(plan.mode, 'clone');
    took('applier error, by CLONE', await rejoinUnderReferee(lab, product, 'cc2', plan));
  });

  it('a CLONE that would fail is found by its rehearsal: everything is undone', async () => {
    await breakApplier(lab, 'cc2');
    const plan = await planRejoin(product, 'cc2');
    const before = await sql(lab, 'cc2', 'SELECT COUNT(*) > 0 FROM cmon.heartbeat');
    await sql(lab, 'cc1', "ALTER USER 'clone'@'%' ACCOUNT LOCK");
    const run = await product.start(plan, reasons(plan));
    await sql(lab, 'cc1', "ALTER USER 'clone'@'%' ACCOUNT UNLOCK");
    assert.equal(run.end, 'undone', runText(run));
    assert.match(run.summary, /3862/);
    assert.equal(
      await sql(lab, 'cc2', 'SELECT COUNT(*) > 0 FROM cmon.heartbeat'),
      before,
      'the data is there',
    );
    const again = await planRejoin(product, 'cc2');
    await rejoinUnderReferee(lab, product, 'cc2', again);
  });

  it('what the primary has purged comes by CLONE', async () => {
    await purgeWhatItLacks(lab, 'cc2');
    const plan = await planRejoin(product, 'cc2');
    assert.equal(plan.mode, 'clone', whyNot(plan));
    assert.match(checkOf(plan, 'way').evidence.join('\n'), /has purged what it lacks/);
    took('purged, by CLONE', await rejoinUnderReferee(lab, product, 'cc2', plan));
  });

  it('an empty server becomes a standby by CLONE', async () => {
    await emptyServer(lab, 'cc2');
    const plan = await planRejoin(product, 'cc2');
    assert.equal(plan.mode, 'clone', whyNot(plan));
    // Without the referee: an empty server has no account that it could try to write with.
    const run = await product.start(plan, reasons(plan));
    assert.equal(run.end, 'done', runText(run));
    await isHealthyStandby(lab, product, 'cc2');
    took('empty, by CLONE', run);
  });

  it('is promoted there and back afterwards', async () => {
    await promoted('cc2');
    await promoted('cc1');
    await waitForReplication(lab, 'cc2');
  });
});
