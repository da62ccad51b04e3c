import type { Finding } from '../../core/findings/finding';
import type { Options } from '../args';
import { checkConfigFile, isInventoryName } from '../configFiles';
import type { CheckedFile } from '../configFiles';
import { EXIT } from '../exitCodes';
import { readInventory } from '../inventory';
import { findingText } from '../text';

const RANK = { information: 0, warning: 1, error: 2 } as const;

/** Findings of the inventory alone, or of the files that are named: for the CI of a repository. Asks no host. */
export async function check(options: Options): Promise<number> {
  const files = options.words.filter((word) => !isInventoryName(word));
  const inventories = options.words.filter(isInventoryName);
  const checked = await Promise.all(files.map(checkConfigFile));
  const read = await Promise.all(
    (options.words.length === 0 ? [options.inventory] : inventories).map((inventory) =>
      readInventory({ ...options, inventory }),
    ),
  );
  const sites = read.flatMap((one) => one.sites);
  const all: readonly CheckedFile[] = [...read, ...checked];
  const findings = all.flatMap((one) => one.findings);
  if (options.json) {
    console.log(JSON.stringify({ sites: sites.map((site) => site.name), findings }));
  } else {
    for (const one of all) for (const finding of one.findings) console.log(findingText(finding, one.text));
    console.log(
      `${counted(findings.length, 'finding')} in ${subjects(sites.length, read.length, checked.length)}`,
    );
  }
  return exitCode(options, findings);
}

function subjects(sites: number, inventories: number, files: number): string {
  return [
    ...(inventories > 0 ? [counted(sites, 'usable site')] : []),
    ...(files > 0 ? [counted(files, 'configuration file')] : []),
  ].join(' and ');
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function exitCode({ failOn }: Options, findings: readonly Finding[]): number {
  if (failOn === 'never') return EXIT.done;
  return findings.some(({ severity }) => RANK[severity] >= RANK[failOn]) ? EXIT.failed : EXIT.done;
}
