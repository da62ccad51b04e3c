import assert from 'node:assert/strict';
import { Lab } from '../lab';
import { Product, runText } from '../promote/product';
import { isPrimary, waitForRoles } from '../promote/roles';
import { verdictText } from '../referee/judge/text';
import { Referee } from '../referee/referee';
import { ADDRESS, type ControllerName, MYSQL_PASSWORD, peerOf } from '../site';

/** What a rotation keeps beside the values that count. */
const NEXT = { 'dc1-repl.next': 'Repl-n3xt_0123456789', 'dc1-clone.next': 'Clone-n3xt_0123456789' } as const;

describe('passwords of replication and CLONE are changed under load', () => {
  const lab = Lab.current();
  const values = new Map<string, string>([
    ['dc1-repl', MYSQL_PASSWORD],
    ['dc1-clone', MYSQL_PASSWORD],
    ...Object.entries(NEXT),
  ]);
  const secrets = { get: (name: string) => Promise.resolve(values.get(name)) };
  let primary: ControllerName;

  before(async function () {
    this.timeout(120_000);
    primary = (await isPrimary(lab, 'cc1')) ? 'cc1' : 'cc2';
    await waitForRoles(lab, primary);
  });

  /** As a client of the other host: over the network, by password alone. */
  async function mayLogIn(user: string, password: string): Promise<boolean> {
    const outcome = await lab.console(
      peerOf(primary),
      `IFS= read -r MYSQL_PWD; export MYSQL_PWD; mysql --no-defaults --protocol=tcp --get-server-public-key --host=${ADDRESS[primary]} --user=${user} -e 'SELECT 1'`,
      { input: `${password}\n` },
    );
    return outcome.code === 0;
  }

  async function watched(course: (product: Product) => Promise<void>, product: Product): Promise<void> {
    const referee = await Referee.watch();
    try {
      await course(product);
    } finally {
      await product.close();
    }
    await waitForRoles(lab, primary);
    const verdict = await referee.finish(primary);
    assert.equal(verdict.clean, true, verdictText(verdict));
  }

  it('one that fails half-way is taken back: the old passwords alone count', async function () {
    this.timeout(120_000);
    // What is stored for replication is not what the accounts get: the standby can't log in with it.
    let asked = 0;
    const product = await Product.on(lab, {
      secrets,
      onJournal: (type, step) => {
        if (type === 'step-started' && step === 'channel' && (asked += 1) === 1)
          throw new Error('this machine dies');
        return Promise.resolve();
      },
    });
    await watched(async (own) => {
      const plan = await own.planOf({ operation: 'rotate', target: 'all', mode: 'planned' });
      const run = await own.start(plan);
      assert.notEqual(run.end, 'done', runText(run));
      const ended = run.end === 'undone' ? run : await own.resume(run.runId, 'undo', true);
      assert.equal(ended.end, 'undone', runText(ended));
    }, product);
    assert.deepEqual(
      [await mayLogIn('repl', MYSQL_PASSWORD), await mayLogIn('repl', NEXT['dc1-repl.next'])],
      [true, false],
    );
    assert.deepEqual(
      [await mayLogIn('clone', MYSQL_PASSWORD), await mayLogIn('clone', NEXT['dc1-clone.next'])],
      [true, false],
    );
  });

  it('both are changed; no acknowledged row is lost, and the standby reconnects once', async function () {
    this.timeout(120_000);
    const product = await Product.on(lab, { secrets });
    await watched(async (own) => {
      const run = await own.start(await own.planOf({ operation: 'rotate', target: 'all', mode: 'planned' }));
      assert.equal(run.end, 'done', runText(run));
    }, product);
    for (const [user, next] of [
      ['repl', NEXT['dc1-repl.next']],
      ['clone', NEXT['dc1-clone.next']],
    ] as const) {
      assert.deepEqual(
        [await mayLogIn(user, MYSQL_PASSWORD), await mayLogIn(user, next)],
        [false, true],
        user,
      );
    }
    values.set('dc1-repl', NEXT['dc1-repl.next']).set('dc1-clone', NEXT['dc1-clone.next']);
  });

  it('an account that has two passwords already is somebody’s: it blocks', async function () {
    this.timeout(60_000);
    const product = await Product.on(lab, { secrets });
    try {
      await lab.mustConsole(
        primary,
        `mysql -e "ALTER USER clone@'%' IDENTIFIED BY 'other-Secret_1' RETAIN CURRENT PASSWORD"`,
      );
      const plan = await product.planOf({ operation: 'rotate', target: 'clone', mode: 'planned' });
      assert.equal(plan.checks.find(({ id }) => id === 'one-password')?.outcome, 'fired');
    } finally {
      // The lab's own password, for what comes after.
      await lab.mustConsole(
        primary,
        `mysql -e "ALTER USER clone@'%' IDENTIFIED BY '${MYSQL_PASSWORD}'; ALTER USER clone@'%' DISCARD OLD PASSWORD"`,
      );
      await product.close();
    }
  });
});
