import { exampleInventory } from '../observation';

/** The lines of dc2, on a network of its own. */
const DC2 = exampleInventory()
  .slice(exampleInventory().indexOf('  dc1:'))
  .replace('dc1', 'dc2')
  .replaceAll('192.168.73.', '192.168.74.');

/** Two sites in one inventory. `broken`: both controllers of dc1 have one address. */
export function twoSites(state: 'whole' | 'broken'): string {
  const text = exampleInventory(DC2);
  return state === 'whole' ? text : text.replace('192.168.73.202', '192.168.73.201');
}
