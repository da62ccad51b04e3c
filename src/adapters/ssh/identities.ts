import type { AnyAuthMethod, BaseAgent, ParsedKey } from 'ssh2';
import { readKeyFile, readPublicKey, type KeyFile } from './keyFile';
import type { Ssh2 } from './loadSsh2';
import type { SshTarget } from './sshConfigOutput';

/** Asks for the passphrase of a key file; undefined: not to be had. */
export type PassphrasePrompt = (keyFile: string) => Promise<string | undefined>;

/** What was tried and what could not be, for the message when nothing worked. */
export interface IdentityNotes {
  readonly tried: string[];
  /** Keys and certificates that ssh2 can't use, each with its reason. */
  readonly unsupported: string[];
  /** Keys that could not be opened, each with its reason. */
  readonly unusable: string[];
}

/**
 * The operator's identities, best first: chosen key files, the agent, default key files, encrypted files.
 * Lazy, because only the last kind asks for a passphrase.
 */
export async function* identities(
  ssh2: Ssh2,
  target: SshTarget,
  passphrase: PassphrasePrompt,
  notes: IdentityNotes,
): AsyncGenerator<AnyAuthMethod> {
  const username = target.user;
  const files = (await Promise.all(target.identityFiles.map(readKeyFile))).filter(
    (file) => file !== undefined,
  );
  notes.unsupported.push(
    ...target.certificateFiles.map((file) => `${file} (user certificates)`),
    ...files.filter(isFido).map((file) => `${file.path} (a FIDO key)`),
  );
  const usable = files.filter((file) => !isFido(file));
  const plain = usable.filter((file) => !file.encrypted);
  const chosen = target.identitiesChosen ? plain : [];
  yield* plainKeys(ssh2, username, chosen, notes);

  const agent = await agentKeys(ssh2, target, usable, notes);
  if (agent.keys.length > 0) {
    notes.tried.push(`${agent.keys.length} keys of the agent`);
    yield { type: 'agent', username, agent: agent.agent };
  }
  yield* plainKeys(ssh2, username, target.identitiesChosen ? [] : plain, notes);
  for (const file of usable.filter((file) => file.encrypted)) {
    const inAgent = agent.keys.some(
      (key) => file.publicKey !== undefined && key.getPublicSSH().equals(file.publicKey),
    );
    if (inAgent) continue;
    const key = await openEncrypted(ssh2, file, passphrase);
    if (typeof key === 'string') notes.unusable.push(`${file.path} (${key})`);
    else {
      notes.tried.push(file.path);
      yield { type: 'publickey', username, key };
    }
  }
}

function isFido(file: KeyFile): boolean {
  return file.type?.startsWith('sk-') ?? false;
}

function* plainKeys(
  ssh2: Ssh2,
  username: string,
  files: readonly KeyFile[],
  notes: IdentityNotes,
): Generator<AnyAuthMethod> {
  for (const file of files) {
    const key = ssh2.utils.parseKey(file.content);
    if (key instanceof Error) notes.unusable.push(`${file.path} (${key.message})`);
    else {
      notes.tried.push(file.path);
      yield { type: 'publickey', username, key };
    }
  }
}

async function openEncrypted(ssh2: Ssh2, file: KeyFile, ask: PassphrasePrompt): Promise<ParsedKey | string> {
  const passphrase = await ask(file.path);
  if (passphrase === undefined) return 'encrypted, and no passphrase was given';
  const key = ssh2.utils.parseKey(file.content, passphrase);
  return key instanceof Error ? 'encrypted, and the passphrase does not open it' : key;
}

/** The agent's keys; with IdentitiesOnly just those whose file is configured. */
async function agentKeys(
  ssh2: Ssh2,
  target: SshTarget,
  files: readonly KeyFile[],
  notes: IdentityNotes,
): Promise<{ agent: BaseAgent; keys: ParsedKey[] }> {
  const none = { agent: '' as unknown as BaseAgent, keys: [] };
  if (target.agentSocket === undefined) return none;
  const socket = target.agentSocket;
  const inner = ssh2.createAgent(socket);
  const listed = await new Promise<ParsedKey[]>((resolve) => {
    inner.getIdentities((error, keys) => {
      if (error) notes.unusable.push(`the agent at ${socket} (${error.message})`);
      resolve((error ? [] : (keys ?? [])) as ParsedKey[]);
    });
  });
  if (!target.identitiesOnly) return { agent: inner, keys: listed };
  const published = await Promise.all(target.identityFiles.map(readPublicKey));
  const configured = [...published, ...files.map((file) => file.publicKey)].filter(
    (key) => key !== undefined,
  );
  const keys = listed.filter((key) => configured.some((wanted) => wanted.equals(key.getPublicSSH())));
  inner.getIdentities = (callback) => callback(undefined, keys);
  return { agent: inner, keys };
}
