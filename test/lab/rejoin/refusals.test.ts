import assert from 'node:assert/strict';
import type { Plan } from '../../../src/core/plan/plan';
import { Lab } from '../lab';
import { Product, type ProductOptions, runText } from '../promote/product';
import { waitForRoles } from '../promote/roles';
import { eachFires, noneFires, withoutGuards } from '../promote/trouble';
import { LOGINS } from '../site';
import { checkOf, isHealthyStandby, planRejoin, reasons } from './looks';
import { writeErrant } from './situations';
import { BEFORE_A_CLONE, BEFORE_A_REJOIN, WITHOUT_THE_PLUGIN } from './troubles';

describe('a rejoin that must not be begun', function () {
  this.timeout(240_000);
  const lab = Lab.current();
  let product: Product;

  before(async () => {
    await waitForRoles(lab, 'cc1');
    product = await Product.on(lab);
  });
  after(() => product.close());

  const plan = (): Promise<Plan> => planRejoin(product, 'cc2');

  it('record, GTIDs, login, identity: each check says so, none hides another', async () => {
    await withoutGuards(lab, ['cc1', 'cc2'], () => eachFires(lab, BEFORE_A_REJOIN, plan));
    await waitForRoles(lab, 'cc1');
    await noneFires(BEFORE_A_REJOIN, plan);
  });

  const OPERATOR: readonly (readonly [string, ProductOptions, RegExp])[] = [
    ['access', { user: LOGINS.limited }, /cc2: commands cannot be run as root/],
    ['secrets', { secrets: { get: () => Promise.resolve(undefined) } }, /the secret dc1-repl is not set/],
  ];

  it('the operator has no root, no password, or another inventory: the same', async () => {
    const documented = { inventoryFile: await lab.inventoryFile('documented') };
    const wrong = [
      ...OPERATOR,
      ['profile-mismatch', documented, /both hosts are hardened, the inventory says documented/] as const,
    ];
    for (const [id, options, says] of wrong) {
      const other = await Product.on(lab, options);
      try {
        const { level, outcome, evidence, remedy } = checkOf(await planRejoin(other, 'cc2'), id);
        assert.deepEqual([level, outcome], ['block', 'fired'], `${id}: ${evidence.join('; ')}`);
        assert.match(evidence.join('\n'), says);
        assert.notEqual(remedy, '', `${id} says what to do`);
        // What decides the way can't be read without root: unknown, and it blocks.
        if (id === 'access') assert.equal(checkOf(await planRejoin(other, 'cc2'), 'way').outcome, 'unknown');
      } finally {
        await other.close();
      }
    }
    const right = await plan();
    for (const [id] of wrong) assert.equal(checkOf(right, id).outcome, 'passed', id);
  });

  it('what is needed for a CLONE: the same, and once it is mended the CLONE is made', async () => {
    await writeErrant(lab, 'cc2');
    await withoutGuards(lab, ['cc1', 'cc2'], async () => {
      await eachFires(lab, BEFORE_A_CLONE, plan);
      await eachFires(lab, WITHOUT_THE_PLUGIN, plan);
    });
    await noneFires([...BEFORE_A_CLONE, ...WITHOUT_THE_PLUGIN], plan);
    const mended = await plan();
    const run = await product.start(mended, reasons(mended));
    assert.equal(run.end, 'done', runText(run));
    await isHealthyStandby(lab, product, 'cc2');
  });
});
