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

/** A whole file, while there is nothing in it. */
export function newInventory(): SuggestionDraft[] {
  return newSites([]).map(({ label, insert, ...rest }) => ({
    ...rest,
    label: label.replace('New site', 'New inventory'),
    insert: `version: 1\nsites:\n${indented(insert)}\n`,
  }));
}

function indented(lines: string): string {
  return lines.replace(/^/gm, '  ');
}

interface Block {
  readonly key: string;
  readonly label: string;
  readonly detail: string;
  readonly documentation: string;
  readonly lines: readonly string[];
}

const BLOCKS: readonly Block[] = [
  {
    key: 'controllers',
    label: 'New controllers',
    detail: 'both, by host name',
    documentation: 'Two controllers by their host names, each with its own address.',
    lines: [
      'controllers:',
      '  ${1:cc1}: { address: ${2:address}, priority: ${3:105} }',
      '  ${4:cc2}: { address: ${5:address}, priority: ${6:100} }',
    ],
  },
  {
    key: 'prometheus',
    label: 'New Prometheus host',
    detail: 'the third host',
    documentation: 'The external Prometheus host, which is also the witness between the controllers.',
    lines: ['prometheus: { name: ${1:prom}, address: ${2:address} }'],
  },
  {
    key: 'keepalived',
    label: 'New VRRP block: unicast',
    detail: 'where the network drops multicast',
    documentation: 'VRRP version 3, adverts to the peer alone, with a virtual router id of its own.',
    lines: ['keepalived:', '  virtualRouterId: ${1:51}', '  unicast: true', '  advertInterval: ${2:0.2}'],
  },
  {
    key: 'keepalived',
    label: 'New VRRP block: version 2',
    detail: 'with a password of your own',
    documentation:
      'VRRP version 2, as documented, with a password that is kept in the secret storage. It has at most 8 characters and travels in clear.',
    lines: [
      'keepalived:',
      '  vrrpVersion: 2',
      '  virtualRouterId: ${1:51}',
      '  authPassword: { secret: ${2:vrrp} }',
    ],
  },
];

/** Blocks of a site that are not there yet. */
export function newBlocks(taken: readonly string[]): SuggestionDraft[] {
  return BLOCKS.filter(({ key }) => !taken.includes(key)).map(
    ({ label, detail, documentation, lines }, index) => ({
      ...{ label, detail, documentation, kind: 'snippet' as const },
      insert: lines.join('\n'),
      rank: 2000 + index,
      again: false,
    }),
  );
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
