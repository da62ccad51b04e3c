import { HOST_FAULTS } from './faultsOfTheHosts';
import { PROMOTER_FAULTS } from './faultsOfThePromoter';
import type { Fault } from './fault';

export const FAULTS: readonly Fault[] = [...PROMOTER_FAULTS, ...HOST_FAULTS];

export function without(...ids: readonly string[]): Fault[] {
  return FAULTS.filter(({ id }) => !ids.includes(id));
}
