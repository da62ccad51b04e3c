import { isOperatorError } from '../errors';
import type { HostScript, LocalCall } from '../plan/plan';
import type { CommandResult } from '../ports';
import type { RunContext } from './context';

export type LocalReply =
  | { readonly kind: 'answered'; readonly result: CommandResult }
  /** It never began. */
  | { readonly kind: 'unsent'; readonly reason: string; readonly next: string }
  /** It was begun, and its end was not seen. */
  | { readonly kind: 'unknown'; readonly reason: string; readonly next: string };

const MARGIN_MS = 5_000;

/** Runs a program of the operator's own machine. Never rejects, and ends also when the adapter does not. */
export async function runLocal(
  { deps }: RunContext,
  script: HostScript,
  call: LocalCall,
  onOutput: (text: string) => void,
): Promise<LocalReply> {
  const { local, clock } = deps;
  if (local === undefined || call.argv.length === 0) {
    return {
      kind: 'unsent',
      reason:
        call.argv.length === 0
          ? 'It is a command of another machine, whose settings are not these: it is not run here.'
          : 'This program runs no local commands.',
      next: 'Do by hand what it would have done, or resume where it was started.',
    };
  }
  const late = new AbortController();
  const { timeoutMs } = script;
  const reply = await Promise.race([
    local.run({ ...call, timeoutMs, onOutput }).then(
      (result): LocalReply => ({ kind: 'answered', result }),
      (error: unknown): LocalReply => notRun(error),
    ),
    clock.sleep(timeoutMs + MARGIN_MS, late.signal).then(
      () => silent(timeoutMs),
      () => silent(timeoutMs),
    ),
  ]);
  late.abort();
  return reply;
}

function notRun(error: unknown): LocalReply {
  const reason = error instanceof Error ? error.message : String(error);
  const next = isOperatorError(error) ? error.next : 'Look at the settings of your hooks.';
  const begun = !isOperatorError(error) || error.code === 'command-timeout';
  return { kind: begun ? 'unknown' : 'unsent', reason, next };
}

function silent(timeoutMs: number): LocalReply {
  return {
    kind: 'unknown',
    reason: `It gave no end within ${timeoutMs} ms.`,
    next: 'See on this machine what became of it.',
  };
}
