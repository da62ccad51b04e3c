import assert from 'node:assert/strict';
import type { Plan } from '../../../src/core/plan/plan';
import { planReadiness } from '../../../src/core/plan/readiness';
import { sql, waitForMysql } from '../documented/mysql';
import { Lab } from '../lab';
import { Product, runText } from '../promote/product';
import { waitForRoles } from '../promote/roles';
import { planRejoin, reasons, whyNot } from '../rejoin/looks';
import { untilCaughtUp } from '../rejoin/situations';
import { type ControllerName, CONTROLLERS, peerOf } from '../site';
import { waitFor } from '../wait';
import {
  asBefore,
  checkOf,
  hasAll,
  knowsItsPrimary,
  mysqlStarts,
  planFailover,
  readyFailover,
  rejoins,
  writesAlone,
} from './stage';

const HALF_WAY = { mode: 'half-way' } as const;
const ENCRYPT = 'SET GLOBAL binlog_encryption = ON';
const PLAIN = 'SET GLOBAL binlog_encryption = OFF';

/** Nothing is promised: the loss is said, and has to be acknowledged. */
function promisesNothing(plan: Plan, why: RegExp): void {
  const rescue = checkOf(plan, 'rescue');
  assert.deepEqual([rescue.outcome, rescue.level], ['fired', 'acknowledge'], whyNot(plan));
  assert.match(rescue.evidence.join('\n'), why);
  assert.ok(planReadiness(plan, {}).unacknowledged.includes('rescue'));
  assert.deepEqual(
    plan.steps.filter(({ id }) => id.startsWith('rescue-')),
    [],
  );
  assert.match(plan.confirmation.detail, /is lost to/);
}

describe('failover, half-way: binary logs that can not be read', function () {
  this.timeout(400_000);
  const lab = Lab.current();
  let product: Product;
  let primary: ControllerName = 'cc1';
  let mendDamage: (() => Promise<void>) | undefined;

  before(async () => {
    product = await Product.on(lab);
    primary = await asBefore(lab, product);
    for (const host of CONTROLLERS) await keyring(host);
    await waitForRoles(lab, primary, 60_000);
  });
  after(() => product.close());
  afterEach(async () => {
    await mendDamage?.();
    for (const host of CONTROLLERS) {
      await lab.mustConsole(host, BINLOG_PROGRAM.back);
      await mysqlStarts(lab, host);
    }
    primary = await asBefore(lab, product);
  });

  /** Read by mysqld when it starts; the file of keys must be MySQL's by then, for something of root looks first. */
  async function keyring(host: ControllerName): Promise<void> {
    const keys = '/var/lib/mysql-keyring/lab';
    await lab.put(host, '/usr/sbin/mysqld.my', '{"components": "file://component_keyring_file"}');
    await lab.put(
      host,
      '/usr/lib/mysql/plugin/component_keyring_file.cnf',
      `{"path": "${keys}", "read_only": false}`,
    );
    await lab.mustConsole(
      host,
      `install -o mysql -g mysql -m 640 /dev/null ${keys}; systemctl restart mysql`,
    );
    await waitForMysql(lab, host);
  }

  /** In the midst of the last but one, which is whole: nothing excuses a gap there. */
  async function damage(host: ControllerName): Promise<void> {
    const log = (
      await lab.mustConsole(host, 'cd /var/lib/mysql && realpath "$(tail -n 2 mysql-bin.index | head -n 1)"')
    ).trim();
    await lab.mustConsole(
      host,
      `cp -p ${log} /root/whole && tr '\\0' '\\377' </dev/zero | head -c 1000 | dd of=${log} bs=1 seek=$(($(stat -c %s ${log}) / 2)) conv=notrunc status=none`,
    );
    mendDamage = async () => {
      mendDamage = undefined;
      await lab.mustConsole(host, `cat /root/whole >${log}`);
    };
  }

  /** Before the real one in PATH. */
  const BINLOG_PROGRAM = {
    gone: 'mv /usr/bin/mysqlbinlog /usr/bin/mysqlbinlog.away',
    failing: `printf '#!/bin/sh\\necho "mysqlbinlog: unknown variable" >&2\\nexit 7\\n' >/usr/local/bin/mysqlbinlog; chmod 755 /usr/local/bin/mysqlbinlog`,
    back: 'rm -f /usr/local/bin/mysqlbinlog; [ ! -e /usr/bin/mysqlbinlog.away ] || mv /usr/bin/mysqlbinlog.away /usr/bin/mysqlbinlog',
  };

  it('encrypted: the loss is acknowledged, and what was lost is kept by the rejoin', async () => {
    const target = peerOf(primary);
    await sql(lab, primary, ENCRYPT);
    const only = await writesAlone(lab, primary);
    const plan = await readyFailover(product, target, HALF_WAY);
    promisesNothing(plan, /mysql-bin\.\d+ can not be read.*ncrypted/);
    const run = await product.start(plan, reasons(plan));
    assert.equal(run.end, 'done', runText(run));
    await mysqlStarts(lab, primary);
    await knowsItsPrimary(lab, primary);
    // The guard of the new primary starts it, and a plan that does not know of it would be refused.
    await waitFor(`lsyncd on ${target}`, 60_000, async () => {
      return (await lab.console(target, 'pgrep -x lsyncd')).code === 0;
    });
    const rejoin = await planRejoin(product, primary);
    const [said = ''] = checkOf(rejoin, 'extra-transactions').evidence;
    assert.match(said, new RegExp(`transactions that only ${primary} has: ${only.uuid}`));
    const back = await product.start(rejoin, reasons(rejoin));
    assert.equal(back.end, 'done', runText(back));
    const kept = `/var/lib/clustercontrol-ha/kept/${rejoin.id}`;
    const readable = `mysqlbinlog --no-defaults --include-gtids="$(cat ${kept}/gtid-set)" ${kept}/mysql-bin.* | grep -c BINLOG`;
    assert.notEqual((await lab.mustConsole(primary, readable)).trim(), '0', 'without the key of the server');
    await waitForRoles(lab, target, 90_000);
  });

  it('an older one that is needed is encrypted, or the program is missing: the same', async () => {
    const target = peerOf(primary);
    await sql(lab, primary, ENCRYPT);
    await writesAlone(lab, primary, PLAIN);
    promisesNothing(
      await planFailover(product, target, HALF_WAY),
      /mysql-bin\.\d+ can not be read.*ncrypted/,
    );
    await lab.mustConsole(primary, BINLOG_PROGRAM.gone);
    promisesNothing(await planFailover(product, target, HALF_WAY), /has no mysqlbinlog/);
    await lab.mustConsole(primary, BINLOG_PROGRAM.back);
    await mysqlStarts(lab, primary);
    await sql(lab, target, 'START REPLICA IO_THREAD');
    await waitForRoles(lab, primary, 60_000);
  });

  it('one that is not needed does not stand in the way; one that the run can not read, or not whole, undoes it', async () => {
    const target = peerOf(primary);
    await sql(lab, primary, `${ENCRYPT}; ${PLAIN}; FLUSH LOCAL BINARY LOGS`);
    await untilCaughtUp(lab, target);
    const only = await writesAlone(lab, primary);
    await damage(primary);
    const promising = await readyFailover(product, target, HALF_WAY);
    const stopped = await product.start(promising, reasons(promising));
    assert.equal(stopped.end, 'undone', runText(stopped));
    assert.match(runText(stopped), /mysql-bin\.\d+ can not be read to its end/);
    await mendDamage?.();
    let failing = true;
    const watched = await Product.on(lab, {
      onJournal: async (type, step) => {
        if (type !== 'step-done' || step !== 'received-applied' || !failing) return;
        failing = false;
        await lab.mustConsole(primary, BINLOG_PROGRAM.failing);
      },
    });
    const broken = await readyFailover(watched, target, HALF_WAY);
    const undone = await watched.start(broken, reasons(broken));
    await watched.close();
    assert.equal(undone.end, 'undone', runText(undone));
    assert.match(runText(undone), /mysql-bin\.\d+ can not be read.*unknown variable/);
    promisesNothing(await planFailover(product, target, HALF_WAY), /unknown variable/);
    await lab.mustConsole(primary, BINLOG_PROGRAM.back);
    const plan = await readyFailover(product, target, HALF_WAY);
    assert.equal(checkOf(plan, 'rescue').level, 'inform', whyNot(plan));
    const run = await product.start(plan, reasons(plan));
    assert.equal(run.end, 'done', runText(run));
    await hasAll(lab, target, only.executed);
    await mysqlStarts(lab, primary);
    await rejoins(lab, product, primary);
  });
});
