import { readFile } from 'node:fs/promises';

/** What can be told of a private key file before it is opened with a passphrase. */
export interface KeyFile {
  readonly path: string;
  readonly content: Buffer;
  /** Public key type such as `ssh-ed25519`; undefined for PEM, which doesn't say it in clear. */
  readonly type: string | undefined;
  readonly publicKey: Buffer | undefined;
  readonly encrypted: boolean;
}

/** Undefined where there is no such file. */
export async function readKeyFile(path: string): Promise<KeyFile | undefined> {
  const content = await readFile(path).catch(() => undefined);
  if (content === undefined || !content.includes('PRIVATE KEY')) return undefined;
  return { path, content, ...describeKey(content.toString('latin1')) };
}

/** The key in `PATH.pub`, or in PATH itself: the private half may be in the agent only (ssh_config(5), IdentityFile). */
export async function readPublicKey(path: string): Promise<Buffer | undefined> {
  for (const file of [`${path}.pub`, path]) {
    const text = await readFile(file, 'latin1').catch(() => '');
    const base64 = /^(?:ssh|ecdsa)-\S+\s+(\S+)/.exec(text)?.[1];
    if (base64 !== undefined) return Buffer.from(base64, 'base64');
  }
  return undefined;
}

/** Reads the clear part of OpenSSH's own format (PROTOCOL.key), or the headers of PEM. */
export function describeKey(text: string): Pick<KeyFile, 'type' | 'publicKey' | 'encrypted'> {
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]*?)-----END/.exec(text)?.[1];
  if (body === undefined) {
    return {
      type: undefined,
      publicKey: undefined,
      encrypted: /ENCRYPTED/.test(text),
    };
  }
  const data = Buffer.from(body, 'base64');
  let offset = 'openssh-key-v1\0'.length;
  const next = (): Buffer => {
    const length = data.readUInt32BE(offset);
    const value = data.subarray(offset + 4, offset + 4 + length);
    offset += 4 + length;
    return value;
  };
  try {
    const cipher = next().toString('latin1');
    next();
    next();
    offset += 4;
    const publicKey = next();
    const type = publicKey.toString('latin1', 4, 4 + publicKey.readUInt32BE(0));
    return { type, publicKey, encrypted: cipher !== 'none' };
  } catch {
    return { type: undefined, publicKey: undefined, encrypted: false };
  }
}
