import assert from 'node:assert/strict';
import { copyFile, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CheckResult } from '../../../src/core/plan/plan';
import { planReadiness } from '../../../src/core/plan/readiness';
import { Lab } from '../lab';
import { LOGINS, VIP } from '../site';
import { waitFor } from '../wait';
import { Product, type ProductOptions, runText } from './product';
import { replicates, waitForRoles } from './roles';

/** Everything that a refused plan must leave as it was. */
async function footprint(lab: Lab): Promise<string> {
  const script = `cat /var/lib/clustercontrol-ha/role /var/lib/clustercontrol-ha/pending /run/clustercontrol-ha/active 2>/dev/null
    systemctl is-active cmon lsyncd keepalived mysql; ip -4 -o addr show eth0 | awk '{print $4}'`;
  const seen = await Promise.all(
    (['cc1', 'cc2'] as const).map((host) => lab.console(host, script).catch(() => undefined)),
  );
  return seen.map((outcome) => outcome?.stdout ?? 'off').join('---\n');
}

describe('a planned promotion that must not be begun', () => {
  const lab = Lab.current();

  async function refusedBy(check: string, options: ProductOptions = {}): Promise<void> {
    const product = await Product.on(lab, options);
    try {
      const before = await footprint(lab);
      const plan = await product.plan('cc2');
      const { blocking } = planReadiness(plan, {});
      assert.ok(blocking.includes(check), `blocked by ${blocking.join(', ') || 'nothing'}`);
      const fired = plan.checks.find(({ id }) => id === check);
      assert.notEqual(fired?.remedy, '', 'says what to do');
      const run = await product.start(plan);
      assert.equal(run.end, 'refused', runText(run));
      assert.equal(await footprint(lab), before, 'nothing was changed');
    } finally {
      await product.close();
    }
  }

  /** The standby's guard closes a writable MySQL within seconds: the trouble has to be made behind its back. */
  async function withoutGuard<T>(trouble: () => Promise<T>): Promise<void> {
    await lab.mustConsole('cc2', 'systemctl stop clustercontrol-ha-guard');
    await trouble();
    await lab.mustConsole('cc2', 'systemctl start clustercontrol-ha-guard');
  }

  beforeEach(() => waitForRoles(lab, 'cc1'));

  it('the target is the primary already', async () => {
    const product = await Product.on(lab);
    const plan = await product.plan('cc1');
    assert.ok(planReadiness(plan, {}).blocking.includes('inventory-valid'));
    await product.close();
  });

  it('the guard of the standby can not log in anywhere', async function () {
    this.timeout(120_000);
    const key = '/var/lib/clustercontrol-ha/ssh/id_ed25519';
    const product = await Product.on(lab);
    const heard = async (): Promise<CheckResult | undefined> =>
      (await product.plan('cc2')).checks.find(({ id }) => id === 'guard-heard');
    // Its kept connections would go on: without their sockets it opens new ones.
    await lab.mustConsole('cc2', `mv ${key} ${key}.away && rm -f /run/clustercontrol-ha/ssh-*`);
    try {
      await waitFor('nobody to have heard it', 60_000, async () => (await heard())?.outcome === 'fired');
      const { level, evidence } = (await heard())!;
      assert.equal(level, 'acknowledge');
      assert.match(
        evidence.join('\n'),
        /cc1 heard the guard of cc2 \d+ s ago\nprom heard the guard of cc2 \d+ s ago/,
      );
    } finally {
      await lab.mustConsole('cc2', `mv ${key}.away ${key}`);
    }
    await waitFor('it to be heard again', 30_000, async () => (await heard())?.outcome === 'passed');
    await product.close();
  });

  it('the standby lags', async function () {
    this.timeout(180_000);
    const held = lab.console('cc2', `echo 'LOCK TABLES cmon.heartbeat READ; SELECT SLEEP(45)' | mysql`);
    await waitFor('a lag of more than 20 s', 60_000, async () => {
      const status = await lab.mustConsole('cc2', `mysql -E -e 'SHOW REPLICA STATUS'`);
      return Number(/Seconds_Behind_Source: (\d+)/.exec(status)?.[1] ?? 0) > 21;
    });
    await refusedBy('lag');
    await held;
    await waitFor('the standby has caught up', 60_000, async () => {
      const status = await lab.mustConsole('cc2', `mysql -E -e 'SHOW REPLICA STATUS'`);
      return /Seconds_Behind_Source: 0/.test(status);
    });
  });

  it('the applier is broken', async () => {
    const own = (statement: string): Promise<string> =>
      lab.mustConsole('cc2', 'mysql', {
        input: `SET GLOBAL super_read_only=OFF; SET sql_log_bin=0; ${statement}; SET GLOBAL super_read_only=ON;`,
      });
    await withoutGuard(async () => {
      await own(
        "INSERT INTO cmon.heartbeat (id, host, kind, at) SELECT MAX(id) + 30, 'stray', 'beat', NOW(6) FROM cmon.heartbeat",
      );
      await waitFor('an applier error', 30_000, async () => !(await replicates(lab, 'cc2')));
    });
    await refusedBy('threads');
    await withoutGuard(() => own("DELETE FROM cmon.heartbeat WHERE host = 'stray'"));
    await lab.mustConsole('cc2', 'mysql', { input: 'STOP REPLICA; START REPLICA;' });
  });

  it('the standby has an errant transaction', async () => {
    const standby = (input: string): Promise<string> => lab.mustConsole('cc2', 'mysql -N', { input });
    await withoutGuard(() =>
      standby(
        'SET GLOBAL super_read_only=OFF; CREATE DATABASE errant; DROP DATABASE errant; SET GLOBAL super_read_only=ON;',
      ),
    );
    await refusedBy('errant');
    const uuid = (await standby('SELECT @@server_uuid')).trim();
    const set = (await standby('SELECT @@GLOBAL.gtid_executed')).replaceAll('\\n', '').replaceAll(/\s/g, '');
    const last = Number(new RegExp(`${uuid}:(?:[\\d-]+:)*(?:\\d+-)?(\\d+)`).exec(set)?.[1]);
    // The primary is told of both, as empty transactions.
    const empty = [last - 1, last].map((n) => `SET gtid_next='${uuid}:${n}'; BEGIN; COMMIT;`).join(' ');
    await lab.mustConsole('cc1', 'mysql', { input: `${empty} SET gtid_next='AUTOMATIC';` });
  });

  it('the virtual IP is on the standby already', async () => {
    await lab.mustConsole('cc2', `ip addr add ${VIP}/32 dev eth0`);
    await refusedBy('vip-holders');
    await lab.mustConsole('cc2', `ip addr del ${VIP}/32 dev eth0`);
  });

  it('the password is wrong', () =>
    refusedBy('reverse-login', { secrets: { get: () => Promise.resolve('wrong') } }));

  it('a password is missing', () =>
    refusedBy('secrets', { secrets: { get: () => Promise.resolve(undefined) } }));

  it('sudo is refused', () => refusedBy('access', { user: LOGINS.limited }));

  it('a host key has changed', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'changed-key-'));
    const hosts = path.join(folder, 'known_hosts');
    const keys = (await readFile(lab.operator.knownHostsFile, 'utf8')).split('\n');
    const prom = keys.filter((line) => line.startsWith('prom'));
    // cc2 presents its own keys, the operator remembers those of another machine.
    const forged = keys.map((line) =>
      line.startsWith('cc2') ? `${line.split(' ')[0]} ${prom[0]?.split(' ').slice(1).join(' ')}` : line,
    );
    await writeFile(hosts, forged.join('\n'));
    const config = path.join(folder, 'ssh_config');
    await copyFile(lab.operator.sshConfigFile, config);
    await writeFile(config, (await readFile(config, 'utf8')).replaceAll(lab.operator.knownHostsFile, hosts));
    await refusedBy('access', { sshConfigFile: config });
  });

  it('the site has changed since the plan was made', async () => {
    const product = await Product.on(lab);
    const plan = await product.plan('cc2');
    await lab.mustConsole('cc1', 'systemctl stop lsyncd');
    const run = await product.start(plan);
    assert.equal(run.end, 'refused', runText(run));
    assert.match(run.summary, /cc1\.lsyncd/);
    await lab.mustConsole('cc1', 'systemctl start lsyncd');
    await product.close();
  });

  for (const [host, what] of [
    ['cc2', 'standby'],
    ['cc1', 'primary'],
  ] as const) {
    it(`the ${what} is off`, async function () {
      this.timeout(180_000);
      await lab.powerOff(host, 'hard');
      await refusedBy('access');
      await lab.powerOn(host);
      await waitForRoles(lab, 'cc1');
    });
  }
});
