import { connect, createServer, type Server, type Socket } from 'node:net';

export interface Forwarder {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Listens on 127.0.0.1 and hands each connection to a unix socket. A socket is a file, so it crosses network
 * namespaces: a browser here reaches a server in a lab that has no route to this machine.
 * `port` 0 takes a free one.
 */
export async function forwardToSocket(socketPath: string, port = 0): Promise<Forwarder> {
  const open = new Set<Socket>();
  const server: Server = createServer((client) => {
    const target = connect(socketPath);
    for (const socket of [client, target]) {
      open.add(socket);
      socket.setNoDelay(true);
      // Either end's loss ends both; `close` follows every error.
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        client.destroy();
        target.destroy();
      });
    }
    client.pipe(target).pipe(client);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('the forwarder has no TCP port');
  }
  return {
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) {
          socket.destroy();
        }
        server.close(() => resolve());
      }),
  };
}
