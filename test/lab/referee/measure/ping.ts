import { connect } from 'node:net';

/** Nobody who is there takes so long; whoever takes longer isn't. */
const LIMIT_MS = 200;
const REQUEST = `POST /v2/clusters/ HTTP/1.1\r\nHost: cmon\r\nContent-Type: application/json\r\nContent-Length: 20\r\nConnection: close\r\n\r\n{"operation":"ping"}`;

/** cmon's ping: true when it says Ok, false for every other answer and for none. */
export function ping(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect({ host: address, port, noDelay: true });
    const timer = setTimeout(() => end(false), LIMIT_MS);
    const end = (ok: boolean): void => {
      clearTimeout(timer);
      // By RST: hundreds of connections a second in TIME-WAIT would use up the local ports.
      socket.resetAndDestroy();
      resolve(ok);
    };
    socket.on('connect', () => socket.write(REQUEST));
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      text += chunk;
      if (/"request_status"\s*:\s*"ok"/i.test(text)) end(true);
    });
    socket.on('error', () => end(false));
    socket.on('close', () => end(false));
  });
}

/** A port that nothing listens on: whoever holds the address says so at once, and nobody else does. */
const CLOSED_PORT = 7;

/** Whether somebody answers for the address. Needs nothing on the hosts but their kernel. */
export function somebodyAnswers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port: CLOSED_PORT });
    const timer = setTimeout(() => end(false), LIMIT_MS);
    const end = (there: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(there);
    };
    socket.on('connect', () => end(true));
    socket.on('error', (error: NodeJS.ErrnoException) => end(error.code === 'ECONNREFUSED'));
  });
}
