import type { Duplex } from 'node:stream';
import type { AuthenticationType, Client, ConnectConfig, ServerHostKeyAlgorithm } from 'ssh2';
import { OperatorError } from '../../core/errors';
import type { Log } from '../../core/ports';
import { connectFailure, connectTimeout } from './failures';
import { hostKeyCheck, noRecordedKeyOffered, type HostKeyPrompt } from './hostKey';
import { identities, type IdentityNotes, type PassphrasePrompt } from './identities';
import { loadSsh2 } from './loadSsh2';
import type { SshTarget } from './sshConfigOutput';

export interface ConnectDependencies {
  /** Undefined where nobody can be asked. */
  readonly askHostKey: HostKeyPrompt | undefined;
  readonly passphrase: PassphrasePrompt;
  readonly log: Log;
}

/** Unanswered for 3 intervals: a dead host is found in about 4 s (measured). */
export const keepaliveIntervalMs = 1000;
const keepaliveCountMax = 3;

/**
 * Connects and authenticates one hop.
 * @param through the stream of the hop before; undefined: a TCP connection from here.
 * @throws OperatorError host-unreachable, host-key-unknown, host-key-changed, auth-failed, ssh-unsupported
 */
export async function connectHop(
  target: SshTarget,
  through: Duplex | undefined,
  dependencies: ConnectDependencies,
): Promise<Client> {
  const ssh2 = await loadSsh2();
  const where = `${target.user}@${target.hostname}${target.port === 22 ? '' : `:${target.port}`}`;
  const hostKey = await hostKeyCheck(target, dependencies.askHostKey, dependencies.log);
  const notes: IdentityNotes = { tried: [], unsupported: [], unusable: [] };
  const client = new ssh2.Client();

  return new Promise<Client>((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    let settled = false;
    const stopTimer = () => clearTimeout(timer);
    const startTimer = () => {
      stopTimer();
      timer = setTimeout(
        () => fail(connectTimeout(target.name, where, target.connectTimeoutMs)),
        target.connectTimeoutMs,
      );
    };
    const fail = (error: unknown) => {
      if (settled) return;
      settled = true;
      stopTimer();
      client.destroy();
      through?.destroy();
      reject(explain(error));
    };
    const explain = (error: unknown): OperatorError => {
      const cause = error as Error & { level?: string };
      if (cause.level === 'client-authentication') return authenticationFailed(target, where, notes);
      if (/no matching host key/i.test(cause.message) && hostKey.known !== '') {
        return noRecordedKeyOffered(target, hostKey.known);
      }
      return connectFailure(target.name, where, error);
    };
    /** The clock stands still while a person reads a fingerprint or types a passphrase. */
    const untimed = async <T>(work: Promise<T>): Promise<T> => {
      stopTimer();
      try {
        return await work;
      } finally {
        if (!settled) startTimer();
      }
    };
    const offered = identities(ssh2, target, (keyFile) => untimed(dependencies.passphrase(keyFile)), notes);

    client.on('ready', () => {
      if (settled) return;
      settled = true;
      stopTimer();
      client.setNoDelay(true);
      resolve(client);
    });
    client.on('error', (error: Error & { level?: string }) => {
      // A key the agent won't sign with is no failure yet: the next identity is tried.
      if (error.level !== 'agent') fail(error);
    });
    client.on('close', () => fail(new Error('the connection was closed before it was ready')));

    const config: ConnectConfig = {
      username: target.user,
      readyTimeout: 0,
      keepaliveInterval: keepaliveIntervalMs,
      keepaliveCountMax,
      hostVerifier: (key: Buffer, verify: (valid: boolean) => void) => {
        untimed(hostKey.verify(key)).then(
          () => verify(true),
          (error: unknown) => fail(error),
        );
      },
      authHandler: (_left, _partial, next) => {
        offered.next().then(
          // ssh2 takes `false` for "no more", its types don't say so.
          (item) => next(item.done === true ? (false as unknown as AuthenticationType) : item.value),
          (error: unknown) => fail(error),
        );
      },
      ...(hostKey.algorithms === undefined
        ? {}
        : { algorithms: { serverHostKey: hostKey.algorithms as ServerHostKeyAlgorithm[] } }),
      ...(through === undefined ? { host: target.hostname, port: target.port } : { sock: through }),
    };
    startTimer();
    try {
      client.connect(config);
    } catch (error) {
      fail(error);
    }
  });
}

function authenticationFailed(target: SshTarget, where: string, notes: IdentityNotes): OperatorError {
  const tried = notes.tried.length > 0 ? `tried ${notes.tried.join(', ')}` : 'no key was found to try';
  const unusable = notes.unusable.length > 0 ? `; not usable: ${notes.unusable.join(', ')}` : '';
  const unsupported = notes.unsupported.join(', ');
  return new OperatorError({
    code: unsupported === '' ? 'auth-failed' : 'ssh-unsupported',
    what:
      unsupported === ''
        ? `${where} refuses to log in: ${tried}${unusable}`
        : `${where} refuses to log in: ${tried}${unusable}; this client can't use ${unsupported}`,
    host: target.name,
    state: 'Nothing was run on the host.',
    next:
      unsupported === ''
        ? `Load the right key into your agent or name it in the inventory (ssh.identityFile). Try: ssh ${where} true`
        : 'Use a plain ed25519, ECDSA or RSA key for this host: in the agent, or as ssh.identityFile in the inventory.',
  });
}
