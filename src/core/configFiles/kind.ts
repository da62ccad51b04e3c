export type ConfigFileKind = 'keepalived' | 'mysql' | 'lsyncd' | 'notify-script';

/** Larger files are something else, and are not read. */
export const MAX_CONFIG_LENGTH = 1024 * 1024;

/** How far the content is searched for what tells a kind. */
const HEAD = 64 * 1024;

/** What a file is by its name, or by its content where the name leaves it open; undefined: none of ours. */
export function kindOf(path: string, text: string): ConfigFileKind | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const head = text.slice(0, HEAD);
  if (/keepalived[^/]*\.conf$/.test(name) || /\/keepalived\/[^/]*\.conf$/.test(path)) return 'keepalived';
  if (/^lsyncd[^/]*\.(conf|lua)$|^lsyncd\.conf\.lua$/.test(name)) return 'lsyncd';
  if (/^(my|mysqld|mysql-server)\.cnf$/.test(name)) return 'mysql';
  if (/\.cnf$/.test(name)) return /^\s*\[mysqld\b/m.test(head) ? 'mysql' : undefined;
  if (/\.sh$/.test(name))
    return /\biptables\b.*\bSNAT\b/.test(head) && /\bMASTER\b/.test(head) ? 'notify-script' : undefined;
  if (/\.conf$/.test(name) && /^\s*(vrrp_instance|vrrp_script|vrrp_sync_group)\b/m.test(head))
    return 'keepalived';
  if (
    /\.lua$/.test(name) &&
    /^\s*sync\s*[{(]/m.test(head) &&
    /\bdefault\.(rsync|rsyncssh|direct)\b/.test(head)
  )
    return 'lsyncd';
  return undefined;
}
