import type { HostAddress } from './host';

interface IpLink {
  readonly ifname?: string;
  readonly addr_info?: readonly { local?: string; prefixlen?: number; protocol?: string }[];
}

/** `ip -j addr show`. @throws SyntaxError when it is not JSON. */
export function parseAddresses(text: string): HostAddress[] {
  return (JSON.parse(text) as IpLink[]).flatMap((link) =>
    (link.addr_info ?? []).flatMap((info) =>
      info.local === undefined
        ? []
        : [
            {
              interface: link.ifname ?? '',
              address: info.local,
              prefixLength: info.prefixlen ?? 0,
              byKeepalived: info.protocol === 'keepalived',
            },
          ],
    ),
  );
}
