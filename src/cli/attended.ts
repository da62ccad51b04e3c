import { EXIT } from './exitCodes';

const streams = (): readonly NodeJS.WriteStream[] => [process.stdout, process.stderr];

/** A closed pipe: whoever read wants no more of it. Anything else (a full disk behind `>`) is said. */
function quit(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') console.error(`The output can't be written: ${error.message}`);
  process.exit(EXIT.failed);
}

function goOn(): void {
  // What is lost here is in the journal.
}

/** Call as the program begins: where nobody reads its output any more it ends, as programs do. */
export function endUnread(): void {
  for (const stream of streams()) stream.on('error', quit);
}

/** What whoever sits there may send while hosts are changed. */
export interface Signals {
  /** Ctrl-C, or SIGTERM. */
  interrupt(): void;
  /** SIGHUP: the terminal is gone, and with it whoever could decide. */
  hangUp(): void;
}

/**
 * Does what changes hosts: neither a reader that goes away (`| tee` after Ctrl-C) nor a lost terminal ends the process in its
 * midst. The output is not needed afterwards either: then the exit code tells.
 */
export async function attended<T>({ interrupt, hangUp }: Signals, work: () => Promise<T>): Promise<T> {
  // The input is the terminal, too, and fails with it.
  for (const stream of [...streams(), process.stdin]) stream.off('error', quit).on('error', goOn);
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt).on('SIGHUP', hangUp);
  try {
    return await work();
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt).off('SIGHUP', hangUp);
  }
}
