import { PATTERNS } from '../allow';

/** A host as the operator names it: the name its peers use, and the address of its own. Both are checked. */
export interface AskedHost {
  readonly name: string;
  readonly address: string;
}

/** What an inventory can't be written without, and no host tells for certain. */
export interface AskedHosts {
  readonly controllers: readonly [AskedHost, AskedHost];
  readonly prometheus: AskedHost;
}

/** An inventory that was read from running hosts. */
export interface InventoryDraft {
  readonly text: string;
  /** What nobody could tell: each is a `# TODO` in the text. */
  readonly open: number;
}

/** `cc1 192.168.73.201`. Undefined where it is not a host name and an IPv4 address. */
export function readAskedHost(text: string): AskedHost | undefined {
  const [name = '', address = '', ...more] = text.trim().split(/\s+/);
  const valid = PATTERNS.hostName.test(name) && PATTERNS.ipv4.test(address) && more.length === 0;
  return valid ? { name, address } : undefined;
}
