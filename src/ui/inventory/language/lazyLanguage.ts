import type { InventoryLanguage } from '../../../core/inventory/language/language';

let loading: Promise<InventoryLanguage> | undefined;

/** One for the window. Loaded with the first question: parser and schema are no part of the activation. */
export function inventoryLanguage(): Promise<InventoryLanguage> {
  return (loading ??= import('../../../core/inventory/language/language').then(
    ({ InventoryLanguage: Language }) => new Language(),
  ));
}
