import assert from 'node:assert/strict';
import { sql } from '../documented/mysql';
import { Lab } from '../lab';
import { waitForRoles } from '../promote/roles';
import type { Outcome } from '../run';
import { MYSQL_PASSWORD } from '../site';
import { linesOf, SetupOperator, told } from './operator';

const PACKAGES = '/srv/packages/Packages';

/** What a host does to a set-up that is under way. Each stop says where, and the same run goes on afterwards. */
describe('a set-up that meets a full disk, a cut cable and a wrong password', () => {
  const lab = Lab.current();
  let operator: SetupOperator;
  let installed: Promise<void>;
  let runId = '';

  before(async () => {
    operator = await SetupOperator.at(lab, 'root');
  });
  after(() => operator.leave());

  /** Stopped half-way, with words for the operator: what, on which host, what next. */
  function stopped(outcome: Outcome, host: string, why: RegExp): void {
    const last = linesOf(outcome).at(-1);
    assert.equal(last?.end, 'unfinished', told(outcome));
    assert.notEqual(last.next ?? '', '', told(outcome));
    assert.match(outcome.stdout, why, told(outcome));
    const failed = linesOf(outcome).filter(({ state }) => state === 'failed' || state === 'unknown');
    assert.ok(
      failed.some(({ reason }) => reason?.includes(host)),
      told(outcome),
    );
  }

  it('a MySQL that is too old for CLONE blocks, before anything is installed', async function () {
    this.timeout(60_000);
    await lab.mustConsole(
      'cc2',
      `cp ${PACKAGES} ${PACKAGES}.kept && sed -i '/^Package: mysql-server/,/^$/s/^Version: .*/Version: 8.0.16-1/' ${PACKAGES} && apt-get -q update >/dev/null`,
    );
    const plan = await operator.cli('plan', 'setup', 'cc1');
    await lab.mustConsole('cc2', `mv ${PACKAGES}.kept ${PACKAGES} && apt-get -q update >/dev/null`);
    assert.equal(plan.code, 3, told(plan));
    assert.match(plan.stdout, /cc2: MySQL 8\.0\.16\S* has no CLONE/);
    assert.equal((await lab.console('cc2', 'command -v mysqld >/dev/null || exit 1')).code, 1);
  });

  it('a disk that fills up while files are written: unfinished, and it names host and cause', async function () {
    this.timeout(300_000);
    installed = operator.installClusterControl();
    installed.catch(() => undefined);
    const run = await operator.disturbed(['run', 'setup', 'cc1', '--yes'], 'services-rest-cc2', () =>
      lab.fillDisk('cc2'),
    );
    runId = linesOf(run)[0]?.runId ?? '';
    await lab.freeDisk('cc2');
    stopped(run, 'cc2', /kB are left on its disk/);
  });

  it('a wrong password: the rehearsal of the CLONE says so, and nothing was replaced', async function () {
    this.timeout(300_000);
    const run = await operator.disturbed(['resume', runId], 'clone-rehearsal', () =>
      sql(lab, 'cc1', "ALTER USER 'clone'@'%' IDENTIFIED BY 'Another_p4ssword'"),
    );
    stopped(run, 'cc', /[Aa]ccess denied|password/);
    await sql(lab, 'cc1', `ALTER USER 'clone'@'%' IDENTIFIED BY '${MYSQL_PASSWORD}'`);
  });

  it('a cable that is pulled while the standby follows: unfinished, and finished when it is back', async function () {
    this.timeout(400_000);
    const run = await operator.disturbed(['resume', runId], 'follow', () => lab.unplug('cc2'));
    await lab.plug('cc2');
    await lab.waitForSsh('cc2');
    stopped(run, 'cc2', /cc2/);
    const last = await operator.cli('resume', runId);
    assert.equal(last.code, 0, told(last));
    await installed;
    await waitForRoles(lab, 'cc1', 90_000);
  });
});
