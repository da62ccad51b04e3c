import assert from 'node:assert/strict';
import { replicateFrom, sql, waitForFlow, waitForMysql, waitForReplication } from '../documented/mysql';
import { Lab } from '../lab';
import { Product, runText } from '../promote/product';
import { waitFor } from '../wait';
import { DocumentedSite } from './documentedSite';
import { PROMOTION_SQL_SPELLED, sourceSql, START_LSYNCD, STOP_LSYNCD } from './literal';
import { staysTrue } from './staysTrue';

const READ_ONLY = 'SELECT @@GLOBAL.super_read_only';
const FOLDER = '/etc/cmon.d';
const NEW_FILE = `${FOLDER}/hazard_3.cnf`;

describe('the documented settings of MySQL', function () {
  this.timeout(180_000);
  const lab = Lab.current();
  let site: DocumentedSite;

  before(async () => {
    site = await DocumentedSite.on(lab);
  });
  afterEach(() => site.restore());

  const restartMysql = async (host: 'cc1' | 'cc2'): Promise<void> => {
    await lab.mustConsole(host, 'systemctl restart mysql', { timeoutMs: 60_000 });
    await waitForMysql(lab, host);
  };

  it('hazard 22, documented and product: lines in my.cnf lose to an included file, a file of its own does not', async () => {
    const bind = `mysqld --verbose --help 2>/dev/null | awk '$1 == "bind-address" { print $2 }'`;
    assert.equal((await lab.mustConsole('cc2', bind)).trim(), '0.0.0.0', 'as rendered');
    await lab.mustConsole(
      'cc2',
      `rm /etc/mysql/mysql.conf.d/zz-clustercontrol-ha.cnf; cp -a --remove-destination $(readlink -f /etc/mysql/my.cnf) /etc/mysql/my.cnf.literal
       printf '[mysqld]\\nserver-id = 2\\nlog_bin = mysql-bin\\nbind-address = 0.0.0.0\\n\\n' | cat - /etc/mysql/my.cnf.literal >/etc/mysql/literal.cnf`,
    );
    const literal = bind.replace('mysqld', 'mysqld --defaults-file=/etc/mysql/literal.cnf');
    const seen = (await lab.mustConsole('cc2', literal)).trim();
    await lab.mustConsole('cc2', 'rm /etc/mysql/literal.cnf /etc/mysql/my.cnf.literal');
    assert.equal(seen, '127.0.0.1');
  });

  it('hazard 23, documented and product: replication without TLS works until its source is restarted; ours goes on', async () => {
    const refused = async (): Promise<boolean> => (await site.status('cc2', 'Last_IO_Errno')) === '2061';
    const again = 'STOP REPLICA IO_THREAD; START REPLICA IO_THREAD;';
    // Up to 8.4 that is the default: the documented statement does not name it.
    const withoutTls = sourceSql('cc1').replace('= 1;', '= 1, SOURCE_SSL = 0;');
    await sql(lab, 'cc2', `STOP REPLICA; RESET REPLICA ALL; ${withoutTls} START REPLICA;`);
    await waitForReplication(lab, 'cc2');
    await waitForFlow(lab, 'cc1');
    await restartMysql('cc1');
    await sql(lab, 'cc2', again);
    await waitFor('error 2061', 30_000, refused);
    // The statements of the product, and the same restart.
    await sql(lab, 'cc2', 'STOP REPLICA; RESET REPLICA ALL;');
    await replicateFrom(lab, 'cc1');
    await restartMysql('cc1');
    await sql(lab, 'cc2', again);
    await waitForReplication(lab, 'cc2');
    assert.equal(await refused(), false);
  });

  it('hazard 26, documented: read_only is persisted off, super_read_only on; a restart closes the primary', async () => {
    // What somebody made to last when cc2 was a primary, and when it became a standby again. Then the documented promotion.
    await sql(lab, 'cc2', 'SET PERSIST read_only = 0; SET PERSIST super_read_only = 1;');
    await sql(lab, 'cc2', PROMOTION_SQL_SPELLED);
    assert.equal((await sql(lab, 'cc2', READ_ONLY)).trim(), '0', 'open now');
    await restartMysql('cc2');
    assert.equal((await sql(lab, 'cc2', READ_ONLY)).trim(), '1', 'and closed by its next start');
  });

  it('hazard 26, product: what was persisted for the standby does not close the primary that it becomes', async () => {
    const product = await Product.on(lab);
    try {
      await sql(lab, 'cc2', 'SET PERSIST read_only = 0; SET PERSIST super_read_only = 1;');
      const run = await product.promote('cc2');
      assert.equal(run.end, 'done', runText(run));
      await restartMysql('cc2');
      assert.equal((await sql(lab, 'cc2', READ_ONLY)).trim(), '0', 'open after its next start');
    } finally {
      await product.close();
    }
  });
});

describe('the documented lsyncd', function () {
  this.timeout(180_000);
  const lab = Lab.current();
  let site: DocumentedSite;

  before(async () => {
    site = await DocumentedSite.on(lab);
  });
  afterEach(async () => {
    for (const host of ['cc1', 'cc2'] as const) {
      await lab.mustConsole(
        host,
        `while umount ${FOLDER} 2>/dev/null; do :; done; rm -rf ${FOLDER}/hazard* /etc/s9s.conf.hazard; sed -i '/hazard/d' /etc/s9s.conf /etc/cmon.cnf`,
      );
    }
    await site.restore();
  });
  const has = async (host: 'cc1' | 'cc2', path: string, text: string): Promise<boolean> =>
    (await lab.console(host, `grep -q '${text}' ${path}`)).code === 0;

  it('hazard 27, documented: cmon.cnf reaches cc2, s9s.conf never does', async () => {
    await lab.mustConsole('cc1', 'for f in cmon.cnf s9s.conf; do echo "# hazard 27" >>/etc/$f; done');
    await waitFor('cmon.cnf on cc2', 60_000, () => has('cc2', '/etc/cmon.cnf', 'hazard 27'));
    await staysTrue(
      'no s9s.conf on cc2',
      3000,
      async () => !(await has('cc2', '/etc/s9s.conf', 'hazard 27')),
    );
  });

  it('hazards 17 and 19, documented: started on the stale node, it deletes what is new on the active one', async () => {
    await lab.mustConsole('cc1', STOP_LSYNCD);
    await lab.put('cc1', `${FOLDER}/hazard_2.cnf`, 'cluster_id=2\n');
    await lab.mustConsole('cc2', START_LSYNCD);
    await waitFor(
      'the file to be gone',
      60_000,
      async () => !(await has('cc1', `${FOLDER}/hazard_2.cnf`, 'cluster_id')),
    );
  });

  it('hazard 19, documented: a file that cannot be brought over counts as done, and is never tried again', async () => {
    await unwritable();
    await lab.mustConsole('cc2', `umount ${FOLDER}`);
    // Longer than the 15 s for which lsyncd collects.
    await staysTrue('not there', 20_000, async () => !(await has('cc2', NEW_FILE, 'cluster_id')));
  });

  it('hazard 19, product: no promotion counts it as done', async () => {
    await unwritable();
    const product = await Product.on(lab);
    try {
      const run = await product.promote('cc2');
      assert.ok(run.end === 'undone' || run.end === 'refused', runText(run));
      assert.match(runText(run), /Read-only file system|code 23/);
    } finally {
      await product.close();
    }
  });

  /** A folder on cc2 that can't be written, and a new file for it that lsyncd has given up. */
  async function unwritable(): Promise<void> {
    await lab.mustConsole('cc2', `mount --bind ${FOLDER} ${FOLDER} && mount -o remount,bind,ro ${FOLDER}`);
    const log = (await lab.read('cc1', '/var/log/lsyncd.log')).length;
    await lab.put('cc1', NEW_FILE, 'cluster_id=3\n');
    await waitFor('lsyncd to call it done', 60_000, async () => {
      const text = (await lab.read('cc1', '/var/log/lsyncd.log')).slice(log);
      return /Finished a list after exitcode: 23/.test(text);
    });
  }
});
