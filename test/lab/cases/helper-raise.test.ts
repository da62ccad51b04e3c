import assert from 'node:assert/strict';
import { HELPER } from '../hardened/assets';
import { Operation, settle } from '../hardened/operation';
import { Lab } from '../lab';
import { waitFor } from '../wait';

describe('helper: a raise takes a host from whatever still runs there', () => {
  const lab = Lab.current();

  before(() => settle(lab, 'cc1'));
  afterEach(async () => (await Operation.take(lab, 1, ['cc2'], 'raise')).release(['cc2']));

  it('ends a script that holds the lock by itself, because only its call was killed', async function () {
    this.timeout(60_000);
    const old = await Operation.take(lab, 30, ['cc2']);
    const running = old.try('cc2', 'echo $$ >/tmp/alone; exec sleep 50.5', '--timeout 60');
    await waitFor(
      'the script',
      5_000,
      async () => (await lab.console('cc2', 'test -s /tmp/alone')).code === 0,
    );
    // The call is the process that has the script's `timeout` as its child.
    await lab.mustConsole('cc2', `pkill -9 -f '${HELPER} [r]un --token ${old.token} '`);
    await running;
    assert.equal((await lab.console('cc2', 'kill -0 "$(cat /tmp/alone)"')).code, 0, 'the script lives on');
    await Operation.take(lab, 30, ['cc2'], 'raise');
    assert.notEqual((await lab.console('cc2', 'kill -0 "$(cat /tmp/alone)"')).code, 0);
  });
});
