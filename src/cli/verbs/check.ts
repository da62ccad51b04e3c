import type { Options } from '../args';
import { EXIT } from '../exitCodes';
import { readInventory } from '../inventory';
import { findingText } from '../text';

const RANK = { information: 0, warning: 1, error: 2 } as const;

/** Findings of the inventory alone: for the CI of an inventory repository. Asks no host. */
export async function check(options: Options): Promise<number> {
  const { findings, text, sites } = await readInventory(options);
  if (options.json) {
    console.log(JSON.stringify({ sites: sites.map((site) => site.name), findings }));
  } else {
    for (const finding of findings) console.log(findingText(finding, text));
    const count = `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`;
    console.log(`${count} in ${sites.length} usable ${sites.length === 1 ? 'site' : 'sites'}`);
  }
  if (options.failOn === 'never') return EXIT.done;
  const limit = RANK[options.failOn];
  return findings.some(({ severity }) => RANK[severity] >= limit) ? EXIT.failed : EXIT.done;
}
