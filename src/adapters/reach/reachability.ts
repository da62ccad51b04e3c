import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import type { Reachability } from '../../core/ports';

/** Answers that a kernel gave, though it let nobody in. */
const REFUSED = new Set(['ECONNREFUSED', 'ECONNRESET']);

function tcp(address: string, port: number, timeoutMs: number): Promise<'yes' | 'refused' | 'no'> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, timeout: timeoutMs });
    const end = (answer: 'yes' | 'refused' | 'no'): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end('yes'));
    socket.once('timeout', () => end('no'));
    socket.once('error', ({ code }: NodeJS.ErrnoException) =>
      end(REFUSED.has(code ?? '') ? 'refused' : 'no'),
    );
  });
}

/** Echo requests need a raw socket, so the machine's own program sends them: two, as one may get lost. */
function icmp(address: string, timeoutMs: number): Promise<'yes' | 'no' | 'unknown'> {
  const words =
    process.platform === 'win32'
      ? ['-n', '2', '-w', String(timeoutMs), address]
      : ['-n', '-c', '2', '-i', '0.3', address];
  return new Promise((resolve) => {
    execFile('ping', words, { timeout: timeoutMs, windowsHide: true }, (error, stdout) => {
      if (error === null) return resolve('yes');
      // One of two replies is life, whatever the exit code is; on Windows a router's answer ends with 0, too.
      if (/\bttl=\d/i.test(stdout)) return resolve('yes');
      return resolve((error as NodeJS.ErrnoException).code === 'ENOENT' ? 'unknown' : 'no');
    });
  });
}

/** Asked from this machine, by its own network. */
export const reachability: Reachability = { tcp, icmp };
