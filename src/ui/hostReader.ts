import type { AskedHosts, InventoryDraft } from '../core/inventory/fromHosts/asked';

/** Reads hosts that no inventory names yet. Hosts that don't answer leave values open, they are no rejection. */
export interface HostReader {
  inventoryOf(asked: AskedHosts): Promise<InventoryDraft>;
}
