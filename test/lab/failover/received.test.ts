import assert from 'node:assert/strict';
import { planReadiness } from '../../../src/core/plan/readiness';
import { sql } from '../documented/mysql';
import { Lab } from '../lab';
import { Product, runText } from '../promote/product';
import { waitForRoles } from '../promote/roles';
import { verdictText } from '../referee/judge/text';
import { Referee } from '../referee/referee';
import { reasons, whyNot } from '../rejoin/looks';
import { behindTheGuard, breakApplier } from '../rejoin/situations';
import { type ControllerName, peerOf, UNITS } from '../site';
import { waitFor } from '../wait';
import {
  asBefore,
  blockedBy,
  checkOf,
  hasAll,
  mysqlStarts,
  off,
  onlyLost,
  planFailover,
  readyFailover,
  received,
  rejoins,
  returnsAsStandby,
  writesAlone,
} from './stage';

describe('failover: what was received, and a host that half lives', function () {
  this.timeout(400_000);
  const lab = Lab.current();
  let product: Product;
  let primary: ControllerName = 'cc1';

  before(async () => {
    product = await Product.on(lab);
    primary = await asBefore(lab, product);
  });
  after(() => product.close());
  afterEach(async () => {
    primary = await asBefore(lab, product);
  });

  it('a backlog is applied first, also when mysqld is killed in the midst of it', async () => {
    const target = peerOf(primary);
    const referee = await Referee.watch();
    const held = lab.console(target, `echo 'LOCK TABLES cmon.heartbeat READ; SELECT SLEEP(300)' | mysql`);
    await waitFor('a backlog', 60_000, async () => {
      const waiting = await sql(
        lab,
        target,
        'SELECT GTID_SUBTRACT(RECEIVED_TRANSACTION_SET, @@GLOBAL.gtid_executed) FROM performance_schema.replication_connection_status',
      );
      const [, from = 0, to = 0] = (/:(\d+)-(\d+)/.exec(waiting) ?? []).map(Number);
      return to - from > 100;
    });
    await lab.powerOff(primary, 'hard');
    let killed = false;
    const watched = await Product.on(lab, {
      onJournal: async (type, step) => {
        if (type !== 'step-done' || step !== 'receiving-stop' || killed) return;
        killed = true;
        await lab.mustConsole(target, 'pkill -KILL -x mysqld');
      },
    });
    const plan = await readyFailover(watched, target, off(primary));
    assert.equal(checkOf(plan, 'unapplied').outcome, 'fired');
    const had = await received(lab, target);
    await referee.permit(target);
    const run = await watched.start(plan, reasons(plan));
    await watched.close();
    await held;
    assert.ok(killed);
    assert.equal(run.end, 'done', runText(run));
    await hasAll(lab, target, had);
    await lab.powerOn(primary);
    await returnsAsStandby(lab, primary);
    onlyLost(await referee.finish(target), primary);
    await rejoins(lab, product, primary);
  });

  it('a broken applier is refused', async () => {
    const target = peerOf(primary);
    await breakApplier(lab, target);
    await lab.powerOff(primary, 'hard');
    await waitFor('only the applier in the way', 30_000, async () => {
      const { blocking } = planReadiness(await planFailover(product, target, off(primary)), {});
      return blocking.join() === 'threads';
    });
    assert.deepEqual(await blockedBy(product, target, off(primary)), ['threads']);
    await lab.powerOn(primary);
    await behindTheGuard(lab, target, () =>
      sql(
        lab,
        target,
        "SET GLOBAL super_read_only=OFF; SET sql_log_bin=0; DELETE FROM cmon.heartbeat WHERE host = 'stray'; SET GLOBAL super_read_only=ON;",
      ),
    );
    await sql(lab, target, 'STOP REPLICA; START REPLICA');
    await waitForRoles(lab, primary, 90_000);
  });

  it('half-way: MySQL of the primary is dead; its host is closed, its files and what it never sent are brought over', async () => {
    const target = peerOf(primary);
    const referee = await Referee.watch();
    await lab.mustConsole(primary, 'mkdir -p /etc/cmon.d && echo last-word >/etc/cmon.d/cmon_9.cnf');
    const had = await received(lab, target);
    const only = await writesAlone(lab, primary);
    const plain = await planFailover(product, target);
    assert.ok(planReadiness(plain, {}).blocking.includes('alive'), whyNot(plain));
    assert.match(checkOf(plain, 'alive').remedy, /half-way/);
    const plan = await readyFailover(product, target, { mode: 'half-way' });
    const stated = checkOf(plan, 'rescue').evidence.join();
    assert.match(
      stated,
      new RegExp(`\\d+ transactions are in the binary log of ${primary} alone: ${only.uuid}`),
    );
    await referee.permit(target);
    const run = await product.start(plan, reasons(plan));
    assert.equal(run.end, 'done', runText(run));
    await hasAll(lab, target, had);
    await hasAll(lab, target, only.executed);
    assert.equal((await lab.read(target, '/etc/cmon.d/cmon_9.cnf')).trim(), 'last-word');
    const kept = `/var/lib/clustercontrol-ha/kept/${plan.id}`;
    for (const host of [primary, target])
      assert.equal((await lab.mustConsole(host, `ls ${kept} | wc -l`)).trim(), '2', `copies on ${host}`);
    await mysqlStarts(lab, primary);
    assert.equal((await sql(lab, primary, 'SELECT @@GLOBAL.super_read_only')).trim(), '1');
    const verdict = await referee.finish(target);
    assert.equal(verdict.violations.length, 0, verdictText(verdict));
    await rejoins(lab, product, primary);
  });

  it('cmon of the primary is dead: MySQL lives, so the planned promotion is the way', async () => {
    const target = peerOf(primary);
    await lab.mustConsole(primary, `systemctl stop ${UNITS.join(' ')}; ! pgrep -x cmon`);
    const halfWay = await blockedBy(product, target, { mode: 'half-way' });
    assert.ok(halfWay.includes('half-way'), halfWay.join());
    const plan = await product.plan(target);
    assert.deepEqual(planReadiness(plan, reasons(plan)).blocking, [], whyNot(plan));
    const run = await product.start(plan, reasons(plan));
    assert.equal(run.end, 'done', runText(run));
    await waitForRoles(lab, target);
  });
});
