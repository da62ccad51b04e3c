import { createHmac, timingSafeEqual } from 'node:crypto';

/** One line of a known_hosts file (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). */
export interface KnownHostLine {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly marker: 'revoked' | 'cert-authority' | undefined;
  readonly hosts: string;
  readonly keyType: string;
  readonly key: Buffer;
}

/** Lines that can't be read are left out, as OpenSSH does. */
export function parseKnownHosts(file: string, text: string): KnownHostLine[] {
  const lines: KnownHostLine[] = [];
  text.split('\n').forEach((raw, index) => {
    const fields = raw.trim().split(/\s+/);
    if (raw.trim().startsWith('#')) return;
    const mark = fields[0]?.startsWith('@') ? fields.shift() : undefined;
    const marker =
      mark === '@revoked' ? 'revoked' : mark === '@cert-authority' ? 'cert-authority' : undefined;
    const [hosts, keyType, base64] = fields;
    if (hosts === undefined || keyType === undefined || base64 === undefined) return;
    if (mark !== undefined && marker === undefined) return;
    lines.push({ file, line: index + 1, marker, hosts, keyType, key: Buffer.from(base64, 'base64') });
  });
  return lines;
}

/** The name OpenSSH looks up: `[host]:port` unless the port is 22. */
export function knownHostName(hostname: string, port: number): string {
  const host = hostname.toLowerCase();
  return port === 22 ? host : `[${host}]:${port}`;
}

/** Whether a line's host field means this name: hashed, or patterns with `*`, `?` and `!`. */
export function hostFieldMatches(field: string, name: string): boolean {
  if (field.startsWith('|')) return hashedMatches(field, name);
  let matched = false;
  for (const pattern of field.split(',')) {
    const negated = pattern.startsWith('!');
    if (wildcard(negated ? pattern.slice(1) : pattern).test(name)) {
      if (negated) return false;
      matched = true;
    }
  }
  return matched;
}

function hashedMatches(field: string, name: string): boolean {
  const [, version, salt, hash] = field.split('|');
  if (version !== '1' || salt === undefined || hash === undefined) return false;
  const wanted = Buffer.from(hash, 'base64');
  const actual = createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest();
  return wanted.length === actual.length && timingSafeEqual(wanted, actual);
}

function wildcard(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'i');
}

/** What the files say of one name. */
export interface KnownKeys {
  readonly trusted: readonly KnownHostLine[];
  readonly revoked: readonly KnownHostLine[];
  readonly authorities: readonly KnownHostLine[];
}

export function keysOf(lines: readonly KnownHostLine[], name: string): KnownKeys {
  const matching = lines.filter((line) => hostFieldMatches(line.hosts, name));
  return {
    trusted: matching.filter((line) => line.marker === undefined),
    revoked: matching.filter((line) => line.marker === 'revoked'),
    authorities: matching.filter((line) => line.marker === 'cert-authority'),
  };
}

/**
 * Signature algorithms that can prove a key of these types; an RSA key signs with SHA-2 only (RFC 8332).
 * Types that ssh2 can't check (FIDO, certificates) are left out.
 */
export function hostKeyAlgorithms(keyTypes: readonly string[]): string[] {
  const algorithms = keyTypes.flatMap((type) => {
    if (type === 'ssh-rsa') return ['rsa-sha2-512', 'rsa-sha2-256'];
    return type === 'ssh-ed25519' || type.startsWith('ecdsa-sha2-') ? [type] : [];
  });
  return [...new Set(algorithms)];
}

/** One new line, its name hashed when HashKnownHosts says so. `salt` is 20 random bytes. */
export function knownHostLine(name: string, key: Buffer, salt: Buffer | undefined): string {
  const host =
    salt === undefined
      ? name
      : `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`;
  return `${host} ${keyTypeOf(key)} ${key.toString('base64')}\n`;
}

/** First string of a public key blob (RFC 4253, 6.6). */
export function keyTypeOf(key: Buffer): string {
  if (key.length < 4 || key.length < 4 + key.readUInt32BE(0)) return 'unknown';
  return key.toString('latin1', 4, 4 + key.readUInt32BE(0));
}
