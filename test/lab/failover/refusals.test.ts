import assert from 'node:assert/strict';
import { sql as query } from '../documented/mysql';
import { Lab } from '../lab';
import { Product, type ProductOptions } from '../promote/product';
import { waitForRoles } from '../promote/roles';
import { eachFires, noneFires, type Trouble, withoutGuards } from '../promote/trouble';
import { LOGINS } from '../site';
import { checkOf, planFailover } from './stage';
import { ALWAYS_SAID, NETWORK_IN_DISORDER, TARGET_IN_DISORDER } from './troubles';

/** GTIDs of the standby's own UUID. */
async function ownSet(lab: Lab): Promise<string> {
  const set = await query(lab, 'cc2', `SELECT REPLACE(@@GLOBAL.gtid_executed, CHAR(10), '')`);
  const uuid = (await query(lab, 'cc2', 'SELECT @@GLOBAL.server_uuid')).trim();
  return set
    .replaceAll(/\s|\\n/g, '')
    .split(',')
    .filter((part) => part.startsWith(uuid))
    .join(',');
}

/** Makes what only cc2 has known to cc1, by empty transactions: cc2 need not be built anew for it. */
async function forgive(lab: Lab): Promise<void> {
  const own = await ownSet(lab);
  if (own === '') return;
  const missing = (await query(lab, 'cc1', `SELECT GTID_SUBTRACT('${own}', @@GLOBAL.gtid_executed)`)).trim();
  const [uuid = '', ...ranges] = missing.split(':');
  for (const range of ranges) {
    const [first = 0, last = first] = range.split('-').map(Number);
    for (let n = first; n <= last; n += 1) {
      await lab.mustConsole('cc1', 'mysql', {
        input: `SET gtid_next='${uuid}:${n}'; BEGIN; COMMIT; SET gtid_next='AUTOMATIC';`,
      });
    }
  }
}

describe('a failover that must not be begun', () => {
  const lab = Lab.current();
  let product: Product;

  before(async function () {
    this.timeout(120_000);
    product = await Product.on(lab);
    await waitForRoles(lab, 'cc1');
  });

  after(async function () {
    this.timeout(180_000);
    await lab.plug('prom');
    if ((await lab.status()).some(({ host, on }) => host === 'cc1' && !on)) await lab.powerOn('cc1');
    await lab.mustConsole('cc2', 'systemctl start clustercontrol-ha-guard');
    await waitForRoles(lab, 'cc1', 90_000);
    // The old connection died with the power of cc1: its thread would wait for it for a minute.
    await query(lab, 'cc2', 'STOP REPLICA IO_THREAD; START REPLICA IO_THREAD');
    await waitForRoles(lab, 'cc1');
    await forgive(lab);
    await product.close();
  });

  const plan = () => planFailover(product, 'cc2');

  it('the old primary lives: it is seen, heard, and its MySQL answers', async function () {
    this.timeout(120_000);
    const [emergency, halfWay] = [await plan(), await planFailover(product, 'cc2', { mode: 'half-way' })];
    const alive = checkOf(emergency, 'alive');
    assert.deepEqual([alive.outcome, alive.level], ['fired', 'block']);
    assert.match(
      alive.evidence.join('\n'),
      /seen from this machine: [^]*seen from cc2: [^]*seen from prom: /,
    );
    const receiving = checkOf(emergency, 'still-receiving');
    assert.deepEqual([receiving.outcome, receiving.level], ['fired', 'block']);
    assert.match(receiving.evidence.join('\n'), /cc2: transactions arrive/);
    const half = checkOf(halfWay, 'half-way');
    assert.deepEqual([half.outcome, half.level], ['fired', 'block']);
    assert.match(half.evidence.join('\n'), /MySQL of cc1 answers/);
    // The one that lives can be compared with, down to its disk.
    assert.equal(checkOf(halfWay, 'errant').outcome, 'passed', checkOf(halfWay, 'errant').evidence.join());
    const primary = await planFailover(product, 'cc1');
    assert.equal(checkOf(primary, 'inventory-valid').outcome, 'fired');
  });

  async function firesAndPasses(troubles: readonly Trouble[], passes: readonly Trouble[]): Promise<void> {
    await withoutGuards(lab, ['cc2'], () => eachFires(lab, troubles, plan));
    await noneFires(passes, plan);
  }

  it('the old primary is dead and the target in disorder: each check says so, none hides another', async function () {
    this.timeout(240_000);
    if ((await lab.status()).some(({ host, on }) => host === 'cc1' && on)) await lab.powerOff('cc1', 'hard');
    // An errant transaction stays: nobody is there who could be told of it.
    const stays = [...ALWAYS_SAID, 'errant'];
    await firesAndPasses(
      TARGET_IN_DISORDER,
      TARGET_IN_DISORDER.filter(({ check }) => !stays.includes(check)),
    );
    assert.equal(checkOf(await plan(), 'versions').outcome, 'passed');
  });

  const WRONG_OPERATOR = [
    ['profile-mismatch', /cc2 is hardened, the inventory says documented/],
    ['secrets', /the secret \S+ is not set/],
    ['access', /cc2: commands cannot be run as root/],
  ] as const;

  it('the operator has another inventory, no password, or no root on the target: the same', async function () {
    this.timeout(180_000);
    if ((await lab.status()).some(({ host, on }) => host === 'cc1' && on)) await lab.powerOff('cc1', 'hard');
    const options: Record<(typeof WRONG_OPERATOR)[number][0], ProductOptions> = {
      'profile-mismatch': { inventoryFile: await lab.inventoryFile('documented') },
      secrets: { secrets: { get: () => Promise.resolve(undefined) } },
      access: { user: LOGINS.limited },
    };
    for (const [id, says] of WRONG_OPERATOR) {
      const other = await Product.on(lab, options[id]);
      try {
        const { level, outcome, evidence, remedy } = checkOf(await planFailover(other, 'cc2'), id);
        assert.deepEqual([level, outcome], ['block', 'fired'], id);
        assert.match(evidence.join('\n'), says);
        assert.notEqual(remedy, '', `${id} says what to do`);
      } finally {
        await other.close();
      }
    }
    const right = await plan();
    for (const [id] of WRONG_OPERATOR) assert.equal(checkOf(right, id).outcome, 'passed', id);
  });

  it('the address is held and the witness away: the same', async function () {
    this.timeout(180_000);
    if ((await lab.status()).some(({ host, on }) => host === 'cc1' && on)) await lab.powerOff('cc1', 'hard');
    await lab.unplug('prom');
    try {
      await withoutGuards(lab, ['cc2'], () => eachFires(lab, NETWORK_IN_DISORDER, plan));
    } finally {
      await lab.plug('prom');
    }
    await noneFires(NETWORK_IN_DISORDER, plan);
  });
});
