import type { Duplex } from 'node:stream';
import type { Client, ClientChannel } from 'ssh2';
import { connectHop, type ConnectDependencies } from './connect';
import { connectFailure, connectionLost } from './failures';
import { openProxyCommand } from './proxyCommand';
import type { SshTarget } from './sshConfigOutput';

/** One authenticated connection to a host, through its jump hosts; it knows when it was lost. */
export class SshConnection {
  /** Why it ended; undefined while it lives. */
  lostReason: string | undefined;
  private readonly listeners = new Set<(reason: string) => void>();

  private constructor(
    readonly host: string,
    readonly user: string,
    private readonly client: Client,
    private readonly hops: readonly Client[],
  ) {
    let reason: string | undefined;
    client.on('error', (error: Error & { level?: string }) => {
      reason ??=
        error.level === 'client-timeout' ? 'the host stopped answering (keepalive, 4 s)' : error.message;
    });
    client.on('close', () => this.lost(reason ?? 'it was closed'));
    // An error of a jump host closes the stream through it, and so this client.
    for (const hop of hops) hop.on('error', () => undefined);
  }

  /** @param chain hops in order, the host itself last. */
  static async open(chain: readonly SshTarget[], dependencies: ConnectDependencies): Promise<SshConnection> {
    const clients: Client[] = [];
    try {
      for (const target of chain) {
        const before = clients.at(-1);
        const through = before
          ? await forward(before, target)
          : target.proxyCommand === undefined
            ? undefined
            : openProxyCommand(target, target.proxyCommand, (line) => dependencies.log.debug(line));
        clients.push(await connectHop(target, through, dependencies));
      }
    } catch (error) {
      clients.forEach((client) => client.end());
      throw error;
    }
    const target = chain.at(-1);
    const client = clients.pop();
    if (target === undefined || client === undefined)
      throw new RangeError('a way to a host has a hop at least');
    return new SshConnection(target.name, target.user, client, clients);
  }

  /** Called once, at once when it is lost already. Returns a function that takes the listener away. */
  onLost(listener: (reason: string) => void): () => void {
    if (this.lostReason !== undefined) listener(this.lostReason);
    else this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  exec(command: string): Promise<ClientChannel> {
    return this.open((callback) => this.client.exec(command, callback));
  }

  /** A stream to a unix socket of the host (streamlocal forwarding). */
  openSocket(path: string): Promise<ClientChannel> {
    return this.open((callback) => this.client.openssh_forwardOutStreamLocal(path, callback));
  }

  /** A stream to a TCP port as the host itself reaches it. */
  openPort(address: string, port: number): Promise<ClientChannel> {
    return this.open((callback) => this.client.forwardOut('127.0.0.1', 0, address, port, callback));
  }

  close(): void {
    this.client.end();
    for (const hop of [...this.hops].reverse()) hop.end();
    this.lost('it was closed');
  }

  private open(
    start: (callback: (error: Error | undefined, channel: ClientChannel) => void) => void,
  ): Promise<ClientChannel> {
    return new Promise((resolve, reject) => {
      if (this.lostReason !== undefined) {
        reject(connectionLost(this.host, this.lostReason));
        return;
      }
      const off = this.onLost((reason) => reject(connectionLost(this.host, reason)));
      try {
        start((error, channel) => {
          off();
          if (error) reject(error);
          else resolve(channel);
        });
      } catch (error) {
        off();
        reject(connectionLost(this.host, String(error)));
      }
    });
  }

  private lost(reason: string): void {
    if (this.lostReason !== undefined) return;
    this.lostReason = reason;
    for (const hop of this.hops) hop.end();
    for (const listener of [...this.listeners]) listener(reason);
    this.listeners.clear();
  }
}

async function forward(from: Client, target: SshTarget): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () =>
        reject(connectFailure(target.name, target.hostname, new Error('no answer through the jump host'))),
      target.connectTimeoutMs,
    );
    from.forwardOut('127.0.0.1', 0, target.hostname, target.port, (error, channel) => {
      clearTimeout(timer);
      if (error) {
        reject(
          connectFailure(
            target.name,
            target.hostname,
            new Error(`the jump host can't reach it: ${error.message}`),
          ),
        );
      } else resolve(channel);
    });
  });
}
