/** A whole site of an inventory, `dc1` to `dc9`. Another `key` than `scheme` is an error. */
export function siteText(name: string, key = 'scheme'): string {
  const id = name.slice(2);
  return `
  ${name}:
    ${key}: replication
    vip: 192.168.${id}.200
    keepalived: { virtualRouterId: ${id} }
    controllers:
      cc1: { address: 192.168.${id}.201, priority: 105 }
      cc2: { address: 192.168.${id}.202, priority: 100 }
    prometheus: { name: prom, address: 192.168.${id}.209 }
`;
}
