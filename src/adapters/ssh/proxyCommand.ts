import { spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import { OperatorError } from '../../core/errors';
import { shellQuote } from '../../core/quote';
import type { SshTarget } from './sshConfigOutput';

/**
 * Starts the operator's own ProxyCommand and speaks ssh through it, as ssh_config(5) describes.
 * The command ends with the stream.
 */
export function openProxyCommand(target: SshTarget, command: string, log: (line: string) => void): Duplex {
  const tokens: Record<string, string> = {
    '%%': '%',
    '%h': shellQuote(target.hostname),
    '%n': shellQuote(target.name),
    '%p': String(target.port),
    '%r': shellQuote(target.user),
  };
  const text = command.replace(/%./g, (token) => {
    const value = tokens[token];
    if (value === undefined) throw unsupportedToken(target, command, token);
    return value;
  });
  const child = spawn('/bin/sh', ['-c', `exec ${text}`], { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stderr.on('data', (data: Buffer) => log(`${target.name}: ProxyCommand: ${data.toString().trim()}`));
  const stream = Duplex.from({ writable: child.stdin, readable: child.stdout });
  child.on('error', (error) => stream.destroy(error));
  stream.on('close', () => child.kill());
  return stream;
}

function unsupportedToken(target: SshTarget, command: string, token: string): OperatorError {
  return new OperatorError({
    code: 'ssh-unsupported',
    what: `ProxyCommand of ${target.name} uses ${token}, which this client doesn't know`,
    host: target.name,
    command,
    state: 'No connection was opened.',
    next: 'Use ProxyJump, or only %h, %n, %p, %r and %% in ProxyCommand.',
  });
}
