/**
 * What a value of the inventory may hold. These values reach configuration files, shell scripts, Lua and SQL:
 * quoting protects each of them, and these lists keep out what no host ever needs.
 */
export const PATTERNS = {
  /** RFC 1123: labels of letters, digits and hyphens; not all digits and dots, which would read as an address. */
  hostName:
    /^(?![\d.]+$)(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$/,
  /** Also a folder's name below `generated/`. */
  siteName: /^[A-Za-z0-9](?!.*\.\.)[A-Za-z0-9._-]{0,62}$/,
  ipv4: /^(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/,
  cidr: /^(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}\/([89]|[12]\d|30)$/,
  /** No `..`, no white space, nothing that a shell, Lua, keepalived or an option file would read as its own. */
  absolutePath: /^(?!.*(\/\.\.?(\/|$)|\/\/))\/[A-Za-z0-9._@+/-]{0,1023}$/,
  /** ssh -i also takes the operator's own home and Windows drives. */
  identityFile: /^(~|[A-Za-z]:)?[/\\][A-Za-z0-9._@%+/\\ -]{1,1023}$/,
  userName: /^[a-z_][a-z0-9_-]{0,30}\$?$/,
  sqlUser: /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,31}$/,
  /** IFNAMSIZ is 16 with the final NUL. */
  interfaceName: /^[A-Za-z0-9][A-Za-z0-9._-]{0,14}$/,
  unitName: /^[A-Za-z0-9][A-Za-z0-9@_.-]{0,63}$/,
  secretName: /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/,
  bufferPoolSize: /^[1-9][0-9]{0,14}[KMGT]?$/,
  /** `user@host:port`, several with commas: ssh's ProxyJump. */
  jump: /^([a-z_][a-z0-9_-]{0,30}@)?[A-Za-z0-9]([A-Za-z0-9.-]{0,252})(:\d{1,5})?(,([a-z_][a-z0-9_-]{0,30}@)?[A-Za-z0-9]([A-Za-z0-9.-]{0,252})(:\d{1,5})?)*$/,
} as const;
