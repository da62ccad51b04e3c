import { readKeepalived } from '../configFiles/keepalived/document';
import type { Block, KeepalivedDocument } from '../configFiles/keepalived/document';
import {
  instancesOf,
  linesOf,
  lineOf,
  nameOf,
  numberOf,
  valueOf,
  versionOf,
} from '../configFiles/keepalived/instance';

/** What a promotion and the findings need of one vrrp_instance (keepalived.conf(5)). */
export interface VrrpInstance {
  readonly name: string;
  readonly virtualRouterId: number | undefined;
  readonly priority: number | undefined;
  /** 2 unless the file says 3 (`version 3`, or `vrrp_version 3` in global_defs). */
  readonly version: number;
  readonly advertIntervalSeconds: number;
  readonly nopreempt: boolean;
  readonly interface: string | undefined;
  /** Without prefix length. */
  readonly addresses: readonly string[];
  readonly trackFiles: readonly string[];
  readonly trackScripts: readonly string[];
  readonly notify: string | undefined;
}

function listed(block: Block, keyword: string): string[] {
  return linesOf(block, keyword).flatMap(({ children }) => children.map(({ words }) => words[0]?.text ?? ''));
}

function instance(document: KeepalivedDocument, block: Block): VrrpInstance {
  return {
    name: nameOf(block),
    virtualRouterId: numberOf(valueOf(block, 'virtual_router_id')),
    priority: numberOf(valueOf(block, 'priority')),
    version: versionOf(document, block) ?? 2,
    advertIntervalSeconds: numberOf(valueOf(block, 'advert_int')) ?? 1,
    nopreempt: lineOf(block, 'nopreempt') !== undefined,
    interface: valueOf(block, 'interface')?.text,
    addresses: listed(block, 'virtual_ipaddress').map((address) => address.replace(/\/\d+$/, '')),
    trackFiles: listed(block, 'track_file'),
    trackScripts: listed(block, 'track_script'),
    notify: valueOf(block, 'notify')?.text,
  };
}

/** Every vrrp_instance of a configuration text. Never throws: what can't be read is undefined. */
export function vrrpInstances(text: string): VrrpInstance[] {
  const document = readKeepalived('keepalived.conf', text);
  return instancesOf(document).map((block) => instance(document, block));
}

/** The instance that carries this address. */
export function instanceOf(text: string, vip: string): VrrpInstance | undefined {
  return vrrpInstances(text).find(({ addresses }) => addresses.includes(vip));
}
