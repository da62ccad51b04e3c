import { createHash, randomBytes } from 'node:crypto';
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { OperatorError } from '../../core/errors';
import type { Log } from '../../core/ports';
import {
  hostKeyAlgorithms,
  keysOf,
  keyTypeOf,
  knownHostLine,
  knownHostName,
  parseKnownHosts,
  type KnownHostLine,
} from './knownHosts';
import type { SshTarget } from './sshConfigOutput';

/** What an operator is asked about a host that no known_hosts file names. */
export interface HostKeyQuestion {
  readonly host: string;
  readonly hostname: string;
  readonly port: number;
  readonly keyType: string;
  /** `SHA256:…` as ssh prints it. */
  readonly fingerprint: string;
  /** The file a yes is written to. */
  readonly file: string;
}

/** True only when a person compared the fingerprint and accepted it. */
export type HostKeyPrompt = (question: HostKeyQuestion) => Promise<boolean>;

/** Host keys of one hop: which algorithms to ask for, and whether the offered key is the host's. */
export interface HostKeyCheck {
  /** Undefined: any that ssh2 knows. */
  readonly algorithms: string[] | undefined;
  /** Where the known keys stand, `file:line`. */
  readonly known: string;
  /** Rejects with an `OperatorError` unless the key is known or was accepted. */
  verify(key: Buffer): Promise<void>;
}

export function fingerprint(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

/** @param ask undefined where nobody can be asked: unknown keys are refused. */
export async function hostKeyCheck(
  target: SshTarget,
  ask: HostKeyPrompt | undefined,
  log: Log,
): Promise<HostKeyCheck> {
  const files = [...target.userKnownHostsFiles, ...target.globalKnownHostsFiles];
  const lines = (await Promise.all(files.map(readLines))).flat();
  const name = target.hostKeyAlias ?? knownHostName(target.hostname, target.port);
  const keys = keysOf(lines, name);
  const withoutPort = keysOf(lines, target.hostKeyAlias ?? target.hostname.toLowerCase());
  const revokedFile = await revokedKeys(target);
  const algorithms = hostKeyAlgorithms(keys.trusted.map((line) => line.keyType));
  const where = keys.trusted.map((line) => `${line.file}:${line.line}`).join(', ');
  if (keys.trusted.length > 0 && algorithms.length === 0) throw unsupportedKey(target, where);

  const verify = async (key: Buffer): Promise<void> => {
    const revoked = [...keys.revoked, ...withoutPort.revoked].find((line) => line.key.equals(key));
    if (revoked !== undefined) throw refused(target, key, `${revoked.file}:${revoked.line}`, 'revoked');
    if (revokedFile.some((known) => known.equals(key))) {
      throw refused(target, key, target.revokedHostKeysFile ?? '', 'revoked');
    }
    if (keys.trusted.some((line) => line.key.equals(key))) return;
    if (keys.trusted.length > 0) throw refused(target, key, where, 'changed');
    // OpenSSH, too, looks for the name without its port before it calls a host unknown.
    if (withoutPort.trusted.some((line) => line.key.equals(key))) return;
    const authority = [...keys.authorities, ...withoutPort.authorities][0];
    if (authority !== undefined) throw hostCertificate(target, authority);
    await acceptUnknown(target, name, key, ask, log);
  };
  return { algorithms: algorithms.length > 0 ? algorithms : undefined, known: where, verify };
}

async function acceptUnknown(
  target: SshTarget,
  name: string,
  key: Buffer,
  ask: HostKeyPrompt | undefined,
  log: Log,
): Promise<void> {
  const file = target.userKnownHostsFiles[0] ?? '';
  const question = {
    host: target.name,
    hostname: target.hostname,
    port: target.port,
    keyType: keyTypeOf(key),
    fingerprint: fingerprint(key),
    file,
  };
  const accepted =
    target.unknownKey === 'accept-new' ||
    (target.unknownKey === 'ask' && ask !== undefined && (await ask(question)));
  if (!accepted) throw unknownKey(target, question, ask === undefined);
  if (file === '' || file === '/dev/null') return;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const before = await readFile(file, 'utf8').catch(() => '');
    const line = knownHostLine(name, key, target.hashKnownHosts ? randomBytes(20) : undefined);
    await appendFile(file, (before === '' || before.endsWith('\n') ? '' : '\n') + line, { mode: 0o600 });
    log.info(`${target.name}: host key ${question.fingerprint} was added to ${file}`);
  } catch (error) {
    log.warn(`${target.name}: its host key could not be written to ${file}: ${String(error)}`);
  }
}

async function readLines(file: string): Promise<KnownHostLine[]> {
  try {
    return parseKnownHosts(file, await readFile(file, 'utf8'));
  } catch {
    return [];
  }
}

/** RevokedHostKeys names a text file of public keys; a binary KRL can't be read here, so nothing is trusted then. */
async function revokedKeys(target: SshTarget): Promise<Buffer[]> {
  if (target.revokedHostKeysFile === undefined) return [];
  const content = await readFile(target.revokedHostKeysFile).catch(() => undefined);
  if (content === undefined || content.subarray(0, 6).toString('latin1') === 'SSHKRL') {
    throw new OperatorError({
      code: 'ssh-unsupported',
      what: `RevokedHostKeys ${target.revokedHostKeysFile} is ${content === undefined ? 'not readable' : 'a KRL'}, so no host key can be trusted`,
      host: target.name,
      state: 'Nothing was sent to the host.',
      next: 'Name a text file of public keys in RevokedHostKeys, or use @revoked lines in known_hosts.',
    });
  }
  return content
    .toString('utf8')
    .split('\n')
    .map((line) => /^(?:ssh|ecdsa)-\S+\s+(\S+)/.exec(line.trim())?.[1])
    .filter((base64) => base64 !== undefined)
    .map((base64) => Buffer.from(base64, 'base64'));
}

function refused(target: SshTarget, key: Buffer, where: string, why: 'changed' | 'revoked'): OperatorError {
  return new OperatorError({
    code: 'host-key-changed',
    what:
      why === 'revoked'
        ? `The ssh host key of ${target.name} (${target.hostname}) is marked revoked in ${where}`
        : `The ssh host key of ${target.name} (${target.hostname}) is not the one recorded in ${where}: it offers ${keyTypeOf(key)} ${fingerprint(key)}`,
    host: target.name,
    state:
      'The connection was refused before anything was sent. Somebody may stand between here and the host.',
    next:
      why === 'revoked'
        ? 'Give the host a new key, or take the mark away if it was a mistake.'
        : `Compare with \`ssh-keygen -lf /etc/ssh/ssh_host_*_key.pub\` on the host's console. If the host was reinstalled: ssh-keygen -R '${knownHostName(target.hostname, target.port)}'`,
  });
}

function unknownKey(target: SshTarget, question: HostKeyQuestion, nobodyAsked: boolean): OperatorError {
  return new OperatorError({
    code: 'host-key-unknown',
    what: `The ssh host key of ${target.name} (${target.hostname}) is not in known_hosts: ${question.keyType} ${question.fingerprint}`,
    host: target.name,
    state: 'The connection was refused before anything was sent.',
    next: `${nobodyAsked ? 'Nobody could be asked here. ' : ''}Compare the fingerprint on the host's console, then connect once by ssh${target.port === 22 ? '' : ` -p ${target.port}`} ${target.user}@${target.hostname} and accept it.`,
  });
}

function hostCertificate(target: SshTarget, line: KnownHostLine): OperatorError {
  return new OperatorError({
    code: 'ssh-unsupported',
    what: `${target.name} is trusted by a host certificate (@cert-authority in ${line.file}:${line.line}), which this client can't check`,
    host: target.name,
    state: 'The connection was refused before anything was sent.',
    next: `Record the host's plain key as well: ssh-keyscan ${target.hostname}, compared on the host's console, then added to known_hosts.`,
  });
}

function unsupportedKey(target: SshTarget, where: string): OperatorError {
  return new OperatorError({
    code: 'ssh-unsupported',
    what: `known_hosts has only host keys of ${target.name} that this client can't check (${where})`,
    host: target.name,
    state: 'No connection was opened.',
    next: 'Record an ed25519, ECDSA or RSA key of the host as well.',
  });
}

/** The host no longer has a key of any recorded type: as serious as a changed one. */
export function noRecordedKeyOffered(target: SshTarget, where: string): OperatorError {
  return new OperatorError({
    code: 'host-key-changed',
    what: `${target.name} (${target.hostname}) offers no ssh host key of a type recorded in ${where}`,
    host: target.name,
    state:
      'The connection was refused before anything was sent. Somebody may stand between here and the host.',
    next: `Compare the host's keys on its console. If the host was reinstalled: ssh-keygen -R '${knownHostName(target.hostname, target.port)}'`,
  });
}
