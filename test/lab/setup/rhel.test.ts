import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathsOf } from '../../../src/core/schemes/replication/paths';
import { Lab } from '../lab';
import { LAB_SOURCES } from '../places';
import { Product, runText } from '../promote/product';
import { waitForRoles } from '../promote/roles';
import { CONTROLLERS, LOGINS } from '../site';
import { SetupOperator, told } from './operator';

const REAL = '/usr/local/lib/lab-apt';
const RHEL = pathsOf('rhel');

/** What this system can play of the RHEL family: layout, unit names, the words of dnf. Not dnf itself, and no SELinux. */
describe('from bare hosts of the RHEL layout to a working pair, by a user with sudo', () => {
  const lab = Lab.current();
  let operator: SetupOperator;
  let inventoryFile = '';

  before(async () => {
    const own = await lab.inventoryFile('hardened', LOGINS.sudoer);
    inventoryFile = own.replace(/clustercontrol\.yaml$/, 'rhel.clustercontrol.yaml');
    const text = await readFile(own, 'utf8');
    await writeFile(
      inventoryFile,
      text.replace('scheme: replication\n', 'scheme: replication\n    os: rhel\n'),
    );
    const dnf = await readFile(join(LAB_SOURCES, 'fresh/dnf'), 'utf8');
    for (const host of CONTROLLERS) {
      await lab.mustConsole(
        host,
        `mkdir -p ${REAL} && mv /usr/bin/apt-get /usr/bin/apt-cache ${REAL}/
         printf 'ID="rocky"\\nID_LIKE="rhel centos fedora"\\nVERSION_ID="9.5"\\n' >/run/os-release && ln -sfn /run/os-release /etc/os-release`,
      );
      await lab.put(host, '/usr/bin/dnf', dnf, 0o755);
    }
    operator = await SetupOperator.with(lab, inventoryFile);
  });
  after(() => operator.leave());

  it('asks dnf, and says what it would install by the names of that family', async function () {
    this.timeout(60_000);
    const plan = await operator.cli('plan', 'setup', 'cc1');
    assert.equal(plan.code, 0, told(plan));
    assert.match(plan.stdout, /dnf install -y .*mysql-server/);
    assert.doesNotMatch(plan.stdout, /apt-get/);
  });

  it('installs, configures, copies and opens', async function () {
    this.timeout(600_000);
    const [outcome] = await Promise.all([
      operator.cli('run', 'setup', 'cc1', '--yes'),
      operator.installClusterControl(),
    ]);
    assert.equal(outcome.code, 0, told(outcome));
    await waitForRoles(lab, 'cc1', 90_000);
    for (const host of CONTROLLERS) {
      assert.equal(await lab.mustConsole(host, 'systemctl is-active mysqld'), 'active\n');
      assert.equal((await lab.console(host, `[ -e ${RHEL.mysql} ] && [ -e ${RHEL.lsyncd} ]`)).code, 0, host);
    }
    assert.match(await lab.mustConsole('cc1', 's9s cluster --ping --cluster-id=0'), /^PING Ok/);
  });

  it('a second run has nothing to do, and nothing differs from the inventory', async function () {
    this.timeout(60_000);
    const plan = await operator.cli('plan', 'setup', 'cc1');
    assert.match(plan.stdout, /There is nothing to do/, told(plan));
    const compared = await operator.cli('compare');
    assert.equal(compared.code, 0, told(compared));
  });

  it('is promoted there and back', async function () {
    this.timeout(180_000);
    const product = await Product.on(lab, { inventoryFile });
    try {
      for (const target of ['cc2', 'cc1'] as const) {
        const run = await product.promote(target);
        assert.equal(run.end, 'done', runText(run));
        await waitForRoles(lab, target, 90_000);
      }
    } finally {
      await product.close();
    }
  });
});
