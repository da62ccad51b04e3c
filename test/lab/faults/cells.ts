import { HOST_FAULTS } from './faultsOfTheHosts';
import { PROMOTER_FAULTS } from './faultsOfThePromoter';
import type { Fault } from './fault';

export const FAULTS: readonly Fault[] = [...PROMOTER_FAULTS, ...HOST_FAULTS];

/** One case: a fault that strikes when a step of an operation is about to begin. */
export interface Cell {
  readonly scene: string;
  readonly step: string;
  /** Between closing and opening: users can't write meanwhile. */
  readonly outage: boolean;
  readonly fault: Fault;
}

export function cellId({ scene, step, fault }: Cell): string {
  return `${scene}/${step}/${fault.id}`;
}

export interface SceneSteps {
  readonly scene: string;
  readonly steps: readonly { readonly id: string; readonly phase: string }[];
}

export function allCells(scenes: readonly SceneSteps[]): Cell[] {
  return scenes.flatMap(({ scene, steps }) =>
    steps.flatMap(({ id, phase }) =>
      FAULTS.map((fault) => ({ scene, step: id, outage: phase === 'outage', fault })),
    ),
  );
}

/**
 * A fixed choice in which every step meets `perStep` faults and every fault many steps: the n-th step takes the faults
 * from n × perStep on, in turn.
 */
export function covering(cells: readonly Cell[], perStep: number): Cell[] {
  const steps = [...new Set(cells.map(({ scene, step }) => `${scene}/${step}`))];
  return cells.filter((cell) => {
    const step = steps.indexOf(`${cell.scene}/${cell.step}`);
    const turn = (FAULTS.indexOf(cell.fault) - step * perStep) % FAULTS.length;
    return (turn + FAULTS.length) % FAULTS.length < perStep;
  });
}
