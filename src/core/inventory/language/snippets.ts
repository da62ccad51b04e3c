import type { SuggestionDraft } from './suggestion';

const SITE_KEYS = `    controllers:
      \${3:cc1}: { address: \${4:192.168.73.201}, priority: \${5:105} }
      \${6:cc2}: { address: \${7:192.168.73.202}, priority: \${8:100} }
    prometheus: { name: \${9:prom}, address: \${10:192.168.73.209} }`;

/** Lines of a new site, as the editor indents them: relative to the line that they are inserted in. */
const SITE = (name: string, profile: string): string =>
  [
    `\${1:${name}}:`,
    '  scheme: replication',
    ...profile.split('\n').filter(Boolean),
    '  vip: ${2:192.168.73.200}',
  ]
    .concat(SITE_KEYS.split('\n').map((line) => line.slice(2)))
    .join('\n');

/** A whole site of each scheme and profile. `taken`: names that stand in the file already. */
export function newSites(taken: readonly string[]): SuggestionDraft[] {
  const name = free('dc', taken);
  return [
    {
      label: 'New site: replication',
      kind: 'snippet',
      detail: 'two controllers, the VIP follows the role',
      documentation: 'A site of scheme `replication`, profile `hardened`. Everything else has a default.',
      insert: SITE(name, ''),
      rank: 0,
      again: false,
    },
    {
      label: 'New site: replication, as documented',
      kind: 'snippet',
      detail: 'to adopt an existing deployment',
      documentation:
        'A site of scheme `replication`, profile `documented`: the configuration of the ClusterControl documentation. Findings say what is unsafe in it.',
      insert: SITE(name, '  profile: documented'),
      rank: 1,
      again: false,
    },
  ];
}

/** The next controller, while there are fewer than two. */
export function newController(taken: readonly string[], flow: boolean): SuggestionDraft[] {
  if (taken.length >= 2) return [];
  const name = free('cc', taken);
  const priority = taken.length === 0 ? 105 : 100;
  return [
    {
      label: name,
      kind: 'snippet',
      detail: taken.length === 0 ? 'the first controller' : 'the second controller',
      documentation: 'A controller by its host name, with its own address.',
      insert: `\${1:${name}}: { address: \${2:address}, priority: \${3:${priority}} }${flow ? '$0' : ''}`,
      rank: 0,
      again: false,
    },
  ];
}

/** The first free name with a number. */
function free(stem: string, taken: readonly string[]): string {
  const used = new Set(taken);
  let number = 1;
  while (used.has(`${stem}${number}`)) number++;
  return `${stem}${number}`;
}
