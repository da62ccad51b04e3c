/** IPv4 arithmetic. Addresses arrive checked (`PATTERNS.ipv4`, `PATTERNS.cidr`). */

export function addressNumber(address: string): number {
  return address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

export function addressText(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
}

export interface Network {
  readonly first: number;
  readonly prefixLength: number;
}

export function parseNetwork(cidr: string): Network {
  const [address = '0.0.0.0', length = '24'] = cidr.split('/');
  return networkOf(address, Number(length));
}

export function networkOf(address: string, prefixLength: number): Network {
  const size = 2 ** (32 - prefixLength);
  return { first: Math.floor(addressNumber(address) / size) * size, prefixLength };
}

export function networkText(network: Network): string {
  return `${addressText(network.first)}/${network.prefixLength}`;
}

/** True for an address a host may have: inside, and neither the network's own nor its broadcast address. */
export function isHostOf(network: Network, address: string): boolean {
  const number = addressNumber(address);
  const last = network.first + 2 ** (32 - network.prefixLength) - 1;
  return number > network.first && number < last;
}

export function overlaps(a: Network, b: Network): boolean {
  const wider = Math.min(a.prefixLength, b.prefixLength);
  const size = 2 ** (32 - wider);
  return Math.floor(a.first / size) === Math.floor(b.first / size);
}

/** The smallest network of /24 or larger that holds all addresses; undefined below /8. */
export function smallestNetwork(addresses: readonly string[]): Network | undefined {
  const [first] = addresses;
  if (first === undefined) return undefined;
  for (let length = 24; length >= 8; length--) {
    const network = networkOf(first, length);
    if (addresses.every((address) => networkOf(address, length).first === network.first)) return network;
  }
  return undefined;
}
