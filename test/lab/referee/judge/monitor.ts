/** One line of `ip -ts -o monitor address link all-nsid`, as far as the referee needs it. */
export type MonitorLine =
  | {
      readonly kind: 'address';
      readonly wallMs: number;
      /** The namespace by its id in the monitor's own one; undefined: that one itself. */
      readonly nsid: number | undefined;
      readonly address: string;
      readonly held: boolean;
    }
  /** A link of the monitor's own namespace is gone, and with it the host at its other end. */
  | { readonly kind: 'link-deleted'; readonly wallMs: number; readonly ifindex: number };

const LINE = /^\[(\S+)\] \[nsid (\d+|current)\](Deleted )?(\d+): \S+\s+(.*)$/;

/** Undefined for lines about other things. Timestamps are UTC (the monitor runs with TZ=UTC). */
export function parseMonitorLine(line: string): MonitorLine | undefined {
  const [, time, ns, deleted, ifindex, rest] = LINE.exec(line) ?? [];
  if (time === undefined || rest === undefined) return undefined;
  // Date knows milliseconds only.
  const wallMs = Date.parse(`${time.slice(0, 19)}Z`) + Number(`0${time.slice(19)}`) * 1000;
  const address = /^inet ([0-9.]+)/.exec(rest)?.[1];
  if (address !== undefined) {
    const nsid = ns === 'current' ? undefined : Number(ns);
    return { kind: 'address', wallMs, nsid, address, held: deleted === undefined };
  }
  if (deleted !== undefined && ns === 'current' && rest.startsWith('<')) {
    return { kind: 'link-deleted', wallMs, ifindex: Number(ifindex) };
  }
  return undefined;
}
