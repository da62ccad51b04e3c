import assert from 'node:assert/strict';
import { Lab } from '../lab';
import { waitForRoles } from '../promote/roles';
import { CONTROLLERS, LOGINS, MYSQL_PASSWORD } from '../site';
import { linesOf, SetupOperator, told } from './operator';

/** Every how many steps the operator's process is killed; 1: at each (`npm run test:deploy`). */
const EVERY = process.env['SETUP_KILLS'] === 'all' ? 1 : 7;
const DATABASE = 'shop';

describe('a set-up that is stopped, killed and cut off, by a user with sudo', () => {
  const lab = Lab.current();
  let operator: SetupOperator;
  let runId = '';

  before(async () => {
    operator = await SetupOperator.at(lab, LOGINS.sudoer);
  });
  after(() => operator.leave());

  it('a package that can’t be had blocks, and is named', async function () {
    this.timeout(60_000);
    const hide = (name: string, with_: string): string =>
      `sed -i 's/^Package: ${name}$/Package: ${with_}/' /srv/packages/Packages && apt-get -q update >/dev/null`;
    await lab.mustConsole('cc2', hide('keepalived', 'keepalived-away'));
    const plan = await operator.cli('plan', 'setup', 'cc1');
    await lab.mustConsole('cc2', hide('keepalived-away', 'keepalived'));
    assert.equal(plan.code, 3, told(plan));
    assert.match(plan.stdout, /cc2 lacks keepalived, and no package keepalived is known there/);
  });

  it('a host that is away blocks, and what it has is unknown', async function () {
    this.timeout(60_000);
    await lab.unplug('cc2');
    const plan = await operator.cli('plan', 'setup', 'cc1');
    await lab.plug('cc2');
    await lab.waitForSsh('cc2');
    assert.equal(plan.code, 3, told(plan));
    assert.match(plan.stdout, /cc2 cannot be reached/);
    assert.match(plan.stdout, /\?|unknown/);
  });

  it('a database on the standby needs a typed sentence that names the host', async function () {
    this.timeout(180_000);
    await lab.mustConsole(
      'cc2',
      `DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install mysql-server mysql-client >/dev/null
       until mysql -e 'SELECT 1' >/dev/null 2>&1; do sleep 0.2; done
       mysql -e 'CREATE DATABASE IF NOT EXISTS ${DATABASE}; CREATE TABLE IF NOT EXISTS ${DATABASE}.orders (id INT PRIMARY KEY); INSERT IGNORE INTO ${DATABASE}.orders VALUES (42)'`,
      { timeoutMs: 120_000 },
    );
    const refused = await operator.cli('run', 'setup', 'cc1', '--yes');
    assert.equal(refused.code, 3, told(refused));
    assert.match(refused.stdout + refused.stderr, /shop: 1 tables/);
    const passing = await operator.cli('run', 'setup', 'cc1', '--yes', '--ack', 'standby-data=yes yes');
    assert.equal(passing.code, 3, told(passing));
  });

  it('stopped by Ctrl-C it says how far it is; killed at one step after the other it goes on, and finishes', async function () {
    this.timeout(1_500_000);
    const struck = new Set<string>();
    const ack = ['--ack', 'standby-data=replace the data of cc2, they were a test'];
    const stopped = await operator.struck(['run', 'setup', 'cc1', '--yes', ...ack], 'SIGINT', (step) =>
      step.startsWith('packages-'),
    );
    assert.equal(stopped.code, 5, told(stopped));
    const last = linesOf(stopped).at(-1);
    assert.equal(last?.end, 'unfinished', told(stopped));
    runId = linesOf(stopped)[0]?.runId ?? '';
    const installed = operator.installClusterControl();
    let kills = 0;
    let seen = 0;
    for (;;) {
      const resumed = await operator.struck(['resume', runId], 'SIGKILL', (step) => {
        if (struck.has(step) || step.startsWith('clustercontrol-')) return false;
        struck.add(step);
        seen += 1;
        return seen % EVERY === 0;
      });
      if (resumed.code === -1) {
        kills += 1;
        continue;
      }
      assert.equal(resumed.code, 0, told(resumed));
      break;
    }
    await installed;
    console.log(`      killed ${kills} times, at ${EVERY === 1 ? 'every step' : `every ${EVERY}th step`}`);
    assert.ok(kills >= 5, `${kills} kills`);
    await waitForRoles(lab, 'cc1', 90_000);
  });

  it('what the standby had is kept there; nothing was done twice', async () => {
    const dump = await lab.mustConsole('cc2', 'cat /var/lib/clustercontrol-ha/kept/*/databases.sql');
    assert.match(dump, /INSERT INTO `orders` VALUES\s*\(42\)/);
    const clones = await lab.mustConsole(
      'cc2',
      `mysql -Ne "SELECT COUNT(*) FROM performance_schema.clone_status WHERE STATE = 'Completed'"`,
    );
    assert.equal(clones.trim(), '1');
    for (const host of CONTROLLERS) {
      const lines = await lab.mustConsole(
        host,
        `cat /root/.ssh/authorized_keys /home/${LOGINS.sudoer}/.ssh/authorized_keys`,
      );
      assert.equal(lines.match(/clustercontrol-ha-guard@/g)?.length, 1, lines);
      assert.equal(lines.match(/clustercontrol-ha-sync@/g)?.length, 1, lines);
      assert.equal(
        (await lab.mustConsole(host, 'grep -c "^# BEGIN ClusterControl HA" /etc/hosts')).trim(),
        '1',
      );
    }
    assert.equal((await operator.journals()).includes(MYSQL_PASSWORD), false);
  });
});
