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

/**
 * One fault a step, in a fixed choice in which every fault meets many steps: the n-th step takes the n-th fault, in turn.
 * @param elsewhere steps that another scene of the same operation covers
 */
export function covering(scene: SceneSteps, elsewhere: ReadonlySet<string> = new Set()): Cell[] {
  const { faults, steps } = scene;
  const rows = new Map(steps.map(({ id }, row) => [id, row]));
  return spread(scene, ({ step, fault }) => {
    const turn = (rows.get(step) ?? 0) % faults.length;
    return faults[turn] === fault && !elsewhere.has(step);
  });
}

/** Every cell between closing and opening (of a scene that names its closing: `planned`) that `without` leaves out. */
export function unwritable(scene: SceneSteps, without: readonly Cell[]): Cell[] {
  const taken = new Set(without.map(cellId));
  return spread(scene, (cell) => cell.unwritable && !taken.has(cellId(cell)));
}

/** Both: one fault a step, and every cell between closing and opening. */
export function dangerous(scene: SceneSteps, elsewhere?: ReadonlySet<string>): Cell[] {
  const first = covering(scene, elsewhere);
  return [...first, ...unwritable(scene, first)];
}

/** In every column a fixed choice of rows: by rows and columns some shards would get nothing. */
function spread(scene: SceneSteps, takes: (cell: Cell) => boolean): Cell[] {
  const cells = allCells(scene).filter(takes);
  return cells.map((cell, index) => ({ ...cell, turn: index + Math.floor(index / scene.faults.length) }));
}
