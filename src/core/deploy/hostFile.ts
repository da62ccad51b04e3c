/** What a host has at one path. */
export type HostFile =
  | { readonly state: 'absent' }
  | {
      readonly state: 'file';
      /** Octal text, `0644`. */
      readonly mode: string;
      readonly owner: string;
      readonly text: string;
    }
  /** No plain text file, too large, or the host could not be asked. */
  | { readonly state: 'unreadable'; readonly reason: string };

/** Larger files are not read: the product's own largest one has a third of this. */
export const FILE_LIMIT_BYTES = 262_144;

/** `644` and `00644` as `0644`. */
export function modeText(octal: string): string {
  return Number.parseInt(octal, 8).toString(8).padStart(4, '0');
}
