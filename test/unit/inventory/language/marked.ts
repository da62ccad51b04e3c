/** A text with its cursor, which `|` marks. */
export function marked(text: string): { text: string; offset: number } {
  const offset = text.indexOf('|');
  if (offset < 0) throw new Error('no cursor is marked');
  return { text: text.slice(0, offset) + text.slice(offset + 1), offset };
}

/** A whole inventory; `inside` replaces the line that `# here` stands for. */
export const PAIR = `version: 1
sites:
  dc1:
    scheme: replication
    vip: 192.168.73.200
    controllers:
      cc1: { address: 192.168.73.201, priority: 105 } # the first
      cc2:
        address: 192.168.73.202
        ssh: { user: admin, jump: "root@cc1:22,gate" }
    prometheus: { name: prom, address: 192.168.73.209 }
    # here
`;

export function pair(inside: string): { text: string; offset: number } {
  return marked(PAIR.replace('    # here\n', inside));
}
