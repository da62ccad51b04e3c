import { parseInventories } from '../core/inventory/parse';
import type { InventoryReader } from '../ui/services';

/** The core's reader as the user interface asks for it. Loaded on first use. */
export const inventoryReader: InventoryReader = {
  read: (documents) => Promise.resolve(parseInventories(documents)),
};
