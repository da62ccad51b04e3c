import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { mysqlSocket } from '../../../src/core/schemes/replication/defaults';
import { pathsOf } from '../../../src/core/schemes/replication/paths';
import { untilHealthy } from '../hardened/look';
import { Lab } from '../lab';
import { Product, runText } from '../promote/product';
import { readPair } from '../rendering/fromHosts';
import { putRendered } from '../rendering/put';
import { siteOf } from '../rendering/site';
import { CONTROLLERS, LOGINS } from '../site';
import { waitFor } from '../wait';

const DEBIAN = pathsOf('debian');
const RHEL = pathsOf('rhel');

/**
 * What a RHEL host has by its packages and a Debian host has not: MySQL reads /etc/my.cnf.d, has its socket beside its
 * data, and its unit is mysqld with an alias mysql; lsyncd reads /etc/lsyncd.conf. The controllers log in to each other as a user with sudo.
 */
const AS_RHEL = `set -e
systemctl stop clustercontrol-ha-guard lsyncd
rm -f ${DEBIAN.mysql} ${DEBIAN.lsyncd} /etc/systemd/system/lsyncd.service
mkdir -p ${RHEL.mysql.slice(0, RHEL.mysql.lastIndexOf('/'))} /root/.s9s /home/${LOGINS.sudoer}/.s9s
grep -q my.cnf.d /etc/mysql/my.cnf || echo '!includedir /etc/my.cnf.d/' >>/etc/mysql/my.cnf
printf '[mysqld]\\nsocket=${mysqlSocket('rhel')}\\n[client]\\nsocket=${mysqlSocket('rhel')}\\n' >/etc/my.cnf.d/mysql-server.cnf
systemctl disable --quiet mysql && mv /usr/lib/systemd/system/mysql.service /usr/lib/systemd/system/mysqld.service
ln -s /usr/lib/systemd/system/mysqld.service /etc/systemd/system/mysql.service
systemctl daemon-reload && systemctl enable --quiet mysqld
printf '[Unit]\\nDescription=lsyncd\\n[Service]\\nExecStart=/usr/bin/lsyncd -nodaemon ${RHEL.lsyncd}\\n[Install]\\nWantedBy=multi-user.target\\n' >/usr/lib/systemd/system/lsyncd.service
cat /root/.ssh/id_rsa.pub >>/home/${LOGINS.sudoer}/.ssh/authorized_keys`;

describe('a site of the RHEL layout and a user with sudo, as rendered', function () {
  this.timeout(180_000);
  const lab = Lab.current();
  let inventoryFile = '';

  before(async () => {
    await untilHealthy(lab, 'cc1');
    const own = await lab.inventoryFile('hardened', LOGINS.sudoer);
    inventoryFile = own.replace(/clustercontrol\.yaml$/, 'rhel.clustercontrol.yaml');
    const text = (await readFile(own, 'utf8')).replace(
      'scheme: replication\n',
      'scheme: replication\n    os: rhel\n',
    );
    await writeFile(inventoryFile, text);
    const site = siteOf(inventoryFile, text);
    await Promise.all(CONTROLLERS.map((host) => lab.mustConsole(host, AS_RHEL)));
    await putRendered(lab, site);
    await Promise.all(CONTROLLERS.map((host) => lab.reboot(host)));
  });

  it('boots into one primary that holds the VIP, replicates and syncs', async () => {
    await untilHealthy(lab, 'cc1', 90_000);
    for (const host of CONTROLLERS) {
      assert.equal((await lab.console(host, `[ -e ${DEBIAN.mysql} ]`)).code, 1, host);
      assert.equal(await lab.mustConsole(host, 'systemctl is-active mysqld'), 'active\n');
      assert.match(
        await lab.mustConsole(host, 'mysql -Ne "SELECT @@sync_binlog, @@relay_log_recovery"'),
        /1\s+1/,
      );
    }
    assert.match(await lab.mustConsole('cc1', 'ps -C lsyncd -o args='), /\/etc\/lsyncd\.conf/);
  });

  it('brings the files of the user and of root over through sudo', async () => {
    const files = ['/etc/cmon.d/cmon_9.cnf', '/root/.s9s/rhel', `/home/${LOGINS.sudoer}/.s9s/rhel`];
    for (const file of files) await lab.put('cc1', file, `of ${file}\n`);
    for (const file of files) {
      await waitFor(`${file} on cc2`, 40_000, async () => {
        return (await lab.console('cc2', `cat ${file}`)).stdout === `of ${file}\n`;
      });
    }
  });

  it('is read into an inventory of that layout, by the user with sudo', async () => {
    const sshConfigFile = join(dirname(inventoryFile), 'ssh_config');
    const config = await readFile(lab.operator.sshConfigFile, 'utf8');
    await writeFile(sshConfigFile, config.replace('User root', `User ${LOGINS.sudoer}`));
    const { text, open, site, findings, drift } = await readPair(lab, sshConfigFile);
    assert.deepEqual(
      findings.filter(({ severity }) => severity === 'error'),
      [],
      text,
    );
    assert.equal(open, 0, text);
    assert.deepEqual(
      site.controllers.map(({ os, serverId }) => [os, serverId]),
      [
        ['rhel', 1],
        ['rhel', 2],
      ],
    );
    assert.deepEqual(drift, [], text);
  });

  it('is promoted there and back', async () => {
    const product = await Product.on(lab, { inventoryFile });
    try {
      for (const target of ['cc2', 'cc1'] as const) {
        const snapshot = await product.promote(target);
        assert.equal(snapshot.end, 'done', runText(snapshot));
        await untilHealthy(lab, target, 90_000);
      }
    } finally {
      await product.close();
    }
  });
});
