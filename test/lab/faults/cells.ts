import type { Fault } from './fault';

/** One case: a fault that strikes when a step of an operation is about to begin. */
export interface Cell {
  readonly scene: string;
  readonly step: string;
  /** It strikes behind the closing of the old primary, and before the new one is known to be open: nobody can write. */
  readonly unwritable: boolean;
  readonly fault: Fault;
  /** Spreads cells over shards: neighbours in either direction have another one. */
  readonly turn: number;
  /** What the operator chooses where finishing and undoing are both offered; each fault meets both. */
  readonly intent: 'undo' | 'finish';
}

export function cellId({ scene, step, fault }: Pick<Cell, 'scene' | 'step' | 'fault'>): string {
  return `${scene}/${step}/${fault.id}`;
}

export interface SceneSteps {
  readonly scene: string;
  readonly faults: readonly Fault[];
  readonly steps: readonly { readonly id: string; readonly unwritable: boolean }[];
}

export function allCells({ scene, faults, steps }: SceneSteps): Cell[] {
  return steps.flatMap(({ id, unwritable }, row) =>
    faults.map((fault, column) => ({
      scene,
      step: id,
      unwritable,
      fault,
      turn: row + column,
      intent: (Math.floor(row / 2) + column) % 2 === 0 ? 'undo' : 'finish',
    })),
  );
}

/** What is run of a scene when not all of it is. */
export interface Choice {
  /** Faults that each step meets. */
  readonly perStep: number;
  /** And every cell of a step that needs the closing, up to the opening (a scene that names its closing: `planned`). */
  readonly allUnwritable: boolean;
  /** Steps that another scene of the same operation covers. */
  readonly elsewhere?: ReadonlySet<string>;
}

/**
 * A fixed choice in which every step meets `perStep` faults and every fault many steps: the n-th step takes the faults
 * from n × perStep on, in turn.
 */
export function chosen(scene: SceneSteps, { perStep, allUnwritable, elsewhere }: Choice): Cell[] {
  const { faults, steps } = scene;
  return spread(scene, (cell) => {
    if (allUnwritable && cell.unwritable) return true;
    const row = steps.findIndex(({ id }) => id === cell.step);
    const turn = (faults.indexOf(cell.fault) - row * perStep) % faults.length;
    return (turn + faults.length) % faults.length < perStep && elsewhere?.has(cell.step) !== true;
  });
}

/** Every cell during which nobody can write, but for those that `without` names. */
export function allUnwritable(scene: SceneSteps, without: readonly Cell[]): Cell[] {
  const taken = new Set(without.map(cellId));
  return spread(scene, (cell) => cell.unwritable && !taken.has(cellId(cell)));
}

/** In every column a fixed choice of rows: by rows and columns some shards would get nothing. */
function spread(scene: SceneSteps, takes: (cell: Cell) => boolean): Cell[] {
  const cells = allCells(scene).filter(takes);
  return cells.map((cell, index) => ({ ...cell, turn: index + Math.floor(index / scene.faults.length) }));
}
