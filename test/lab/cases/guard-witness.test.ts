import assert from 'node:assert/strict';
import { FENCE_SECONDS } from '../hardened/files';
import {
  guardLog,
  helperStatus,
  isClosed,
  isOpen,
  untilClosed,
  untilHealthy,
  untilOpen,
} from '../hardened/look';
import { epochOf, settle } from '../hardened/operation';
import { Lab } from '../lab';
import { Product } from '../promote/product';
import { CONTROLLERS, peerOf, type ControllerName } from '../site';
import { waitFor } from '../wait';

const RECORD = '/var/lib/clustercontrol-ha/witness';
/** What closing itself may take is stated in docs/host-helper.md. */
const CLOSING_MS = 5000;
/** Guards write down each answer that they get. */
const LOOKS = 4;

/** The witness has one record for all who ask: another site's controller has committed a newer epoch there. */
describe('guard: a witness with the record of another site', function () {
  this.timeout(180_000);
  const lab = Lab.current();
  const primary: ControllerName = 'cc1';
  const standby = peerOf(primary);
  let epoch = 0;

  before(async () => {
    await settle(lab, primary);
    epoch = await epochOf(lab);
  });
  beforeEach(async () => {
    await lab.mustConsole('prom', `echo '${epoch + 1} b-cc1' >${RECORD}`);
  });
  afterEach(async () => {
    await lab.heal();
    await lab.mustConsole('prom', `echo '${epoch} ${primary}' >${RECORD}`);
    await untilHealthy(lab, primary, 90_000);
  });

  const asked = (by: ControllerName): Promise<string> =>
    lab.mustConsole('prom', `cat /run/clustercontrol-ha/asked-${by}`);

  /** Both guards have read that record some times. */
  async function looks(): Promise<void> {
    for (const host of CONTROLLERS) {
      for (let look = 0; look < LOOKS; look++) {
        const last = await asked(host);
        await waitFor(`the guard of ${host} to ask`, 20_000, async () => (await asked(host)) !== last);
      }
    }
  }

  async function rolesAreKept(): Promise<void> {
    for (const host of CONTROLLERS) {
      const { role } = await helperStatus(lab, host);
      assert.deepEqual([role?.epoch, role?.primary], [epoch, primary], host);
    }
    assert.equal((await lab.mustConsole('prom', `cat ${RECORD}`)).trim(), `${epoch + 1} b-cc1`);
  }

  it('closes nobody, is left alone, and is told once', async () => {
    await looks();
    assert.equal(await isOpen(lab, primary), true);
    await rolesAreKept();
    for (const host of CONTROLLERS) {
      const said = (await guardLog(lab, host)).match(/prom names b-cc1/g) ?? [];
      assert.equal(said.length, 1, host);
    }
  });

  it('is no company for a primary that does not hear its peer: it closes in time, and opens by its peer', async () => {
    await looks();
    await lab.partition(primary, standby);
    const begin = performance.now();
    await untilClosed(lab, primary, FENCE_SECONDS * 1000 + CLOSING_MS);
    assert.ok(performance.now() - begin > (FENCE_SECONDS - 4) * 1000, 'not before its time');
    await rolesAreKept();
    await lab.heal();
    await untilOpen(lab, primary, 30_000);
    await rolesAreKept();
  });

  it('confirms nobody: a primary that boots alone stays closed', async () => {
    await lab.powerOff(standby, 'hard');
    await lab.reboot(primary, 'hard');
    await waitFor('its guard to look', 90_000, async () =>
      /nobody confirms it/.test(await guardLog(lab, primary)),
    );
    assert.equal(await isClosed(lab, primary), true);
    await rolesAreKeptBy(primary);
    await lab.powerOn(standby);
    await untilOpen(lab, primary, 90_000);
  });

  it('keeps the keys of that site’s guards when this one is set up', async function () {
    const keys = '/root/.ssh/authorized_keys';
    const line = (name: string, key: string): string =>
      `restrict,command="/usr/local/sbin/clustercontrol-ha peer ${name}" ssh-ed25519 ${key} clustercontrol-ha-guard@${name}`;
    const product = await Product.on(lab);
    const plan = await product.planOf({ operation: 'setup', target: primary, mode: 'planned' });
    await product.close();
    const trust = plan.steps.find(({ id }) => id === 'trust-prom');
    assert.deepEqual(trust?.act.inputs, ['guard_key_0', 'guard_key_1']);
    await lab.mustConsole('prom', `cp -p ${keys} ${keys}.kept && cat >>${keys}`, {
      input: ['b-cc1', 'b-cc2', primary].map((name) => `${line(name, 'OLD')}\n`).join(''),
    });
    try {
      const given = "guard_key_0='ssh-ed25519 NEW0'; guard_key_1='ssh-ed25519 NEW1'";
      await lab.mustConsole('prom', `${given}\n${trust.act.script}`);
      const after = (await lab.mustConsole('prom', `grep -F clustercontrol-ha-guard@ ${keys}`)).split('\n');
      const ours = [line(primary, 'NEW0'), line(standby, 'NEW1')];
      assert.deepEqual(after.filter(Boolean), [line('b-cc1', 'OLD'), line('b-cc2', 'OLD'), ...ours]);
    } finally {
      await lab.mustConsole('prom', `mv ${keys}.kept ${keys}`);
    }
  });

  async function rolesAreKeptBy(host: ControllerName): Promise<void> {
    const { role } = await helperStatus(lab, host);
    assert.deepEqual([role?.epoch, role?.primary], [epoch, primary]);
  }
});
