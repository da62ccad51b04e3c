/** One file that `render` puts into a host's tree. */
export interface RenderedFile {
  readonly host: string;
  /** Absolute path on the host. */
  readonly path: string;
  readonly content: string;
  /** Octal text, `0644`. */
  readonly mode: string;
  readonly owner: string;
  /** keepalived, mysql, lsyncd, …: what `Generate Configuration Files` offers to choose from. */
  readonly group: string;
  /**
   * A file that others write too: a marked block of it, or lines by their keys. What others wrote stays.
   * Absent: the whole file is ours.
   */
  readonly shared?: 'block' | 'lines';
}
