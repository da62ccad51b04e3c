import type { HostResources } from './host';

/** `stat -f -c '%a %S %d %n'`: free blocks, block size, free inodes, path. Lines of errors are left out. */
export function parseFilesystems(text: string): HostResources['filesystems'] {
  return text.split('\n').flatMap((line) => {
    const match = /^(\d+) (\d+) (\d+) (\/.*)$/.exec(line);
    if (match === null) return [];
    const [, blocks, size, inodes, path] = match;
    return [{ path: path ?? '', freeBytes: Number(blocks) * Number(size), freeInodes: Number(inodes) }];
  });
}

/** When the question was sent and when its answer was here, by our wall clock. */
export interface ProbeTiming {
  readonly sentAtMs: number;
  readonly receivedAtMs: number;
}

/**
 * Host clock minus ours. The way there and the way back are taken as equally long; the time the probe itself took
 * on the host is known from its uptime at both ends.
 */
export function clockSkewMs(began: string, ended: string, timing: ProbeTiming): number {
  const [uptime, wallClock] = began.split(' ').map(Number);
  const tookMs = (Number(ended) - (uptime ?? NaN)) * 1000;
  const wayMs = (timing.receivedAtMs - timing.sentAtMs - tookMs) / 2;
  const skew = (wallClock ?? NaN) * 1000 - (timing.sentAtMs + wayMs);
  if (Number.isNaN(skew)) throw new Error('the probe did not tell the time');
  return Math.round(skew);
}

/**
 * `sha256sum`: digest, two characters, path. A file that isn't there is left out.
 * @throws Error when one is there and may not be read.
 */
export function parseDigests(text: string): Record<string, string> {
  const refused = /^.*Permission denied.*$/m.exec(text)?.[0];
  if (refused !== undefined) throw new Error(refused);
  const digests: Record<string, string> = {};
  for (const line of text.split('\n')) {
    const match = /^\\?([0-9a-f]{64}) [ *](.*)$/.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined) digests[match[2]] = match[1];
  }
  return digests;
}

/** `stat -c '%a %U %n'`: `MODE OWNER` by path. A file that isn't there is left out. */
export function parseModes(text: string): Record<string, string> {
  const modes: Record<string, string> = {};
  for (const line of text.split('\n')) {
    const match = /^([0-7]+ \S+) (\/.*)$/.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined) modes[match[2]] = match[1];
  }
  return modes;
}
