import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseInventory } from '../../../src/core/inventory/parse';
import { guardSettings } from '../../../src/core/schemes/replication/files/guard';
import type { ReplicationSite } from '../../../src/core/schemes/replication/site';
import { checkOf, cutOff, off, planFailover } from '../failover/stage';
import { FENCE_SECONDS } from '../hardened/files';
import { helperStatus, isOpen, parts, untilHealthy } from '../hardened/look';
import { epochOf, settle } from '../hardened/operation';
import { Lab } from '../lab';
import { Product } from '../promote/product';
import { labSite, siteOf } from '../rendering/site';
import { peerOf, type ControllerName } from '../site';
import { waitFor } from '../wait';

/** By then a guard that fences has begun to close (`guard-fence.test.ts` measures it). */
const LONG_SECONDS = FENCE_SECONDS + 5;

describe('guard: self-fencing is switched off', function () {
  this.timeout(150_000);
  const lab = Lab.current();
  const primary: ControllerName = 'cc1';
  let folder: string;
  let inventoryFile: string;

  /** The guards' settings as the product renders them, and read. */
  async function guardsOf(site: ReplicationSite): Promise<void> {
    for (const host of site.controllers) {
      const name = host.name as ControllerName;
      await lab.put(name, '/etc/default/clustercontrol-ha', guardSettings(site, host));
      await lab.mustConsole(name, 'systemctl restart clustercontrol-ha-guard');
    }
    await untilHealthy(lab, primary);
  }

  before(async () => {
    await settle(lab, primary);
    folder = await mkdtemp(path.join(tmpdir(), 'no-self-fencing-'));
    inventoryFile = path.join(folder, 'clustercontrol.yaml');
    const text = (await readFile(await lab.inventoryFile(), 'utf8')).replace(
      /^ {4}vip:/m,
      '    selfFence: off\n$&',
    );
    await writeFile(inventoryFile, text);
    const { findings } = parseInventory(inventoryFile, text);
    assert.ok(
      findings.some(({ code }) => code === 'self-fence-off'),
      'the operator is told what that means',
    );
    await guardsOf(siteOf(inventoryFile, text));
  });
  after(async () => {
    await lab.heal();
    await guardsOf(await labSite('hardened'));
    await rm(folder, { recursive: true, force: true });
  });

  /** Seconds since the guard of the primary last had an answer, by its own note. */
  async function alone(): Promise<number> {
    const [contact = '', uptime = ''] = (
      await lab.mustConsole(primary, 'cat /run/clustercontrol-ha/contact /proc/uptime')
    ).split('\n');
    return Number(uptime.split(' ')[0]) - Number(contact.split(' ')[1]) / 100;
  }

  it('an isolated primary does not close itself, so that a failover wants another proof than its isolation', async () => {
    const epoch = await epochOf(lab);
    for (const other of [peerOf(primary), 'prom', 'operator'] as const) await lab.partition(primary, other);
    await waitFor(`${LONG_SECONDS} s without an answer`, 60_000, async () => {
      assert.equal((await parts(lab, primary)).flag, true, `closed after ${await alone()} s`);
      return (await alone()) > LONG_SECONDS;
    });
    assert.equal(await isOpen(lab, primary), true, 'every part of it is open');
    const { role, active } = await helperStatus(lab, primary);
    assert.deepEqual([role?.role, role?.epoch, active], ['primary', epoch, epoch]);

    const product = await Product.on(lab, { inventoryFile });
    try {
      const fence = async (told = {}) => checkOf(await planFailover(product, peerOf(primary), told), 'fence');
      const isolated = await fence(cutOff(primary));
      assert.deepEqual([isolated.level, isolated.outcome], ['block', 'fired']);
      assert.match(
        isolated.evidence.join('\n'),
        /isolation is no proof here: self-fencing is switched off in the inventory/,
      );
      assert.match(isolated.remedy, /--attest powered-off=[^]*power hook/);
      assert.equal((await fence(off(primary))).outcome, 'passed');
    } finally {
      await product.close();
    }

    await lab.heal();
    await untilHealthy(lab, primary);
    assert.equal(await epochOf(lab), epoch, 'and nothing has moved');
  });
});
