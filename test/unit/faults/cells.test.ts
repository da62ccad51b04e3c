import assert from 'node:assert/strict';
import { allCells, cellId, covering, dangerous, unwritable } from '../../lab/faults/cells';
import { stepOfHosts, stepOfParts } from '../../lab/faults/fault';
import { FAULTS } from '../../lab/faults/faults';

const steps = Array.from({ length: 20 }, (_, row) => ({
  id: `step-${row}`,
  unwritable: row >= 8 && row < 14,
}));
const scene = { scene: 'planned', faults: FAULTS, steps };

describe('fault matrix: cells', () => {
  it('the dangerous set meets every step and every fault, and every cell between closing and opening', () => {
    const cells = dangerous(scene);
    assert.deepEqual(
      steps.filter(({ id }) => !cells.some(({ step }) => step === id)),
      [],
    );
    assert.equal(cells.filter(({ unwritable }) => unwritable).length, 6 * FAULTS.length);
  });

  it('without those each fault meets a step as soon as there are as many steps as faults', () => {
    const cells = covering(scene);
    assert.equal(cells.length, steps.length);
    assert.deepEqual(
      FAULTS.filter(({ id }) => !cells.some(({ fault }) => fault.id === id)),
      [],
    );
  });

  it('steps that another scene of the operation covers are left out, but not between closing and opening', () => {
    const elsewhere = new Set(['step-0', 'step-9']);
    const cells = dangerous(scene, elsewhere);
    assert.equal(cells.filter(({ step }) => step === 'step-0').length, 0);
    assert.equal(cells.filter(({ step }) => step === 'step-9').length, FAULTS.length);
  });

  it('one fault a step, and what that leaves out between closing and opening, share no cell', () => {
    const first = covering(scene);
    const rest = unwritable(scene, first);
    assert.equal(rest.length, 6 * FAULTS.length - first.filter((cell) => cell.unwritable).length);
    assert.equal(new Set([...first, ...rest].map(cellId)).size, first.length + rest.length);
  });

  it('shards share a choice evenly', () => {
    const cells = dangerous(scene);
    for (const shards of [2, 3, 6]) {
      const counts = Array.from(
        { length: shards },
        (_, shard) => cells.filter(({ turn }) => turn % shards === shard).length,
      );
      assert.ok(Math.min(...counts) > (cells.length / shards) * 0.7, counts.join(', '));
    }
  });

  it('shards share every row and every column, and no cell is left out', () => {
    const cells = allCells(scene);
    assert.equal(new Set(cells.map(cellId)).size, steps.length * FAULTS.length);
    for (const shards of [2, 3]) {
      for (const { id } of steps) {
        const turns = new Set(cells.filter(({ step }) => step === id).map(({ turn }) => turn % shards));
        assert.equal(turns.size, shards, `${id} stays in one of ${shards} shards`);
      }
    }
  });

  it('each fault meets an operator who finishes and one who undoes', () => {
    for (const { id } of FAULTS) {
      const intents = allCells(scene)
        .filter(({ fault }) => fault.id === id)
        .map(({ intent }) => intent);
      assert.deepEqual([...new Set(intents)].sort(), ['finish', 'undo'], id);
    }
  });

  it('a step is the same cell in either direction', () => {
    for (const [step, target, part] of [
      ['client-ready-cc2', 'cc2', 'client-ready-target'],
      ['client-ready-cc2', 'cc1', 'client-ready-peer'],
      ['open', 'cc1', 'open'],
      ['epoch-pending-witness', 'cc1', 'epoch-pending-witness'],
    ] as const) {
      assert.equal(stepOfParts(step, { target }), part);
      assert.equal(stepOfHosts(part, { target }), step);
    }
  });
});
