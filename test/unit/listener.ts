import { createServer, type AddressInfo } from 'node:net';

/** Stands where a host's ssh server would, and counts who comes. Whoever does is cut off at once. */
export interface Listener {
  readonly port: number;
  connections(): number;
  /** Resolves with the first that comes. */
  readonly first: Promise<void>;
  close(): Promise<void>;
}

/** @param address one of the loopback's, such as `127.0.0.201` */
export async function listenAt(address: string): Promise<Listener> {
  let count = 0;
  let came: () => void = () => undefined;
  const first = new Promise<void>((resolve) => (came = resolve));
  const server = createServer((socket) => {
    count += 1;
    came();
    socket.on('error', () => undefined).destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, address, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => count,
    first,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

/** The inventory's hosts moved to the loopback, all of them at this port. @param inventory whose site ends the text */
export function movedTo({ port }: Listener, inventory: string): string {
  return `${inventory.replaceAll('192.168.73.', '127.0.0.').trimEnd()}\n    ssh: { port: ${port} }\n`;
}
