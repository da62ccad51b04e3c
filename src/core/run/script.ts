import type { OperatorError } from '../errors';
import type { HostScript, Step } from '../plan/plan';
import type { CommandResult } from '../ports';
import type { RunContext } from './context';
import { guardRaised, HELPER_EXIT } from './leaseCalls';
import { shownOutput } from './liveOutput';
import { runLocal } from './local';
import { isDefinite, type Reply } from './wire';
import { capturedValues, wrapScript } from './wrap';

/** What became of one script on its host. */
export type ScriptEnd =
  | { readonly kind: 'done'; readonly captured: Readonly<Record<string, string>> }
  /** It ended with an error. */
  | { readonly kind: 'refused'; readonly exitCode: number; readonly reason: string; readonly next: string }
  /** It was sent, its end was not seen. */
  | { readonly kind: 'unknown'; readonly reason: string; readonly next: string }
  /** It never began. `definite`: nor would it the next time. */
  | { readonly kind: 'unsent'; readonly reason: string; readonly next: string; readonly definite: boolean }
  /**
   * The host's lease is no longer ours, or it is not sure that it is. `begun`: the host said so, perhaps in the midst
   * of the script, whose calls compare the token too.
   */
  | {
      readonly kind: 'lease';
      readonly overtaken: boolean;
      readonly begun: boolean;
      readonly reason: string;
      readonly next: string;
    };

export type ScriptRole = 'act' | 'verify' | 'undo';

const OUTPUT_LIMIT = 4_000;

/** Sends one script of a step and says what became of it. Never rejects. */
export async function sendScript(
  context: RunContext,
  step: Step,
  script: HostScript,
  role: ScriptRole,
): Promise<ScriptEnd> {
  const { plan, lease, state, secrets } = context;
  const allowed = (): boolean => leaseAllows(context, step, role);
  // A verify waits for what still holds the lock on the host, so it goes the same way as its act.
  const leased = script.leased || (role === 'verify' && step.act.leased);
  if (!allowed()) return notAllowed(context, step, role);
  const onOutput = (text: string): void => context.live.add(step.id, text);
  if (script.local !== undefined) {
    const reply = await runLocal(context, script, script.local, onOutput);
    if (reply.kind === 'answered') return answered(context, step, script, reply.result);
    keepWhatWasSeen(context, step);
    const [reason, next] = [context.secrets.redact(reply.reason), reply.next];
    return reply.kind === 'unknown'
      ? { kind: 'unknown', reason, next }
      : { kind: 'unsent', reason, next, definite: true };
  }
  const token = lease.tokenOf(step.host);
  let command;
  try {
    command = wrapScript({
      plan,
      script: role === 'verify' && step.act.unlocked ? { ...script, unlocked: true } : script,
      captured: state.captured,
      token,
      leased,
      emptyWhereMissing: role !== 'act',
      replyMarginMs: context.policy.replyMarginMs,
      secret: (name) => secrets.get(name),
    });
  } catch (error) {
    const reason = `It could not be composed: ${error instanceof Error ? error.message : String(error)}.`;
    return { kind: 'unsent', reason, next: 'Undo, and make a new plan.', definite: true };
  }
  // Reaching the host may take its time, and this process may have slept meanwhile.
  const sent = context.wire.send(step.host, { ...command, onOutput }, allowed);
  const reply = await (script.onlyWaits === true ? unlessStopped(context, sent) : sent);
  if (reply === undefined) {
    keepWhatWasSeen(context, step);
    return { kind: 'unsent', reason: NOT_WAITED_FOR, next: '', definite: true };
  }
  if (!reply.answered) keepWhatWasSeen(context, step);
  if (!reply.answered && !reply.sent && !allowed()) return notAllowed(context, step, role);
  if (!reply.answered) return silent(context, reply.error, reply.sent);
  const { exitCode } = reply.result;
  if (leased && (exitCode === HELPER_EXIT.tokenStale || exitCode === HELPER_EXIT.leaseExpired)) {
    context.live.end(step.id);
  }
  if (leased && exitCode === HELPER_EXIT.tokenStale) {
    // A raise of our own, for another step, makes older tokens stale too.
    const ours = lease.tokenOf(step.host) !== token && !context.stop.isOvertaken();
    if (!ours && guardRaised(reply.result)) {
      lease.ended(step.host, token);
      return leaseEnd(step.host, 'the guard of this host has closed it', false, true);
    }
    return leaseEnd(
      step.host,
      ours ? 'it was taken anew meanwhile' : 'another operation has taken it',
      !ours,
      true,
    );
  }
  if (leased && exitCode === HELPER_EXIT.leaseExpired) {
    lease.ended(step.host, token);
    return leaseEnd(step.host, 'it had ended on the host', false, true);
  }
  return answered(context, step, script, reply.result);
}

const NOT_WAITED_FOR = 'The run was stopped: its end was not waited for. It changes nothing.';

/** Undefined: the run was stopped before the reply came. It ends by itself on its host. */
async function unlessStopped({ stop }: RunContext, sent: Promise<Reply>): Promise<Reply | undefined> {
  if (stop.reason) return undefined;
  let watch: { dispose(): void } | undefined;
  const stopped = new Promise<undefined>((resolve) => {
    watch = stop.onRequest(() => resolve(undefined));
  });
  return Promise.race([sent, stopped]).finally(() => watch?.dispose());
}

/**
 * Before the point of no return the leases of all hosts must be alive: whoever takes over one host may undo there.
 * For what comes after it, and for an undo, that of the step's own host is enough.
 */
function leaseAllows({ lease, plan, stop }: RunContext, step: Step, role: ScriptRole): boolean {
  if (stop.isOvertaken()) return false;
  if (role === 'act' && step.phase !== 'after') return lease.deadHosts().length === 0;
  return !plan.leaseHosts.includes(step.host) || lease.aliveOn(step.host);
}

function notAllowed({ lease, stop }: RunContext, step: Step, role: ScriptRole): ScriptEnd {
  const dead = role === 'act' && step.phase !== 'after' ? lease.deadHosts().join(', ') : step.host;
  if (stop.isOvertaken()) return leaseEnd(step.host, 'another operation has taken over', true, false);
  return leaseEnd(dead || step.host, 'it could not be renewed for half of its life', false, false);
}

function silent(context: RunContext, error: OperatorError, sent: boolean): ScriptEnd {
  const reason = context.secrets.redact([error.message, error.state].filter(Boolean).join(' '));
  const next = context.secrets.redact(error.next);
  if (sent) return { kind: 'unknown', reason, next };
  return { kind: 'unsent', reason, next, definite: isDefinite(error) };
}

function answered(context: RunContext, step: Step, script: HostScript, result: CommandResult): ScriptEnd {
  recordOutput(context, step, result);
  if (result.exitCode !== 0) {
    return {
      kind: 'refused',
      exitCode: result.exitCode,
      reason: failure(context, step, script, result),
      next: NEXT,
    };
  }
  const captured = capturedValues(script, result.stdout);
  if (Object.values(captured).some((value) => context.secrets.isIn(value))) {
    return { kind: 'refused', exitCode: 0, reason: 'It printed a secret as a value to keep.', next: NEXT };
  }
  return { kind: 'done', captured };
}

const NEXT = 'Read its output, mend the cause on the host, and start again.';

function failure(context: RunContext, step: Step, script: HostScript, result: CommandResult): string {
  if (result.exitCode === HELPER_EXIT.timedOut) {
    return `It was stopped on ${step.host} after ${Math.ceil(script.timeoutMs / 1000)} s without an end.`;
  }
  const lines = context.secrets.redact(result.stderr).trim().split('\n');
  const said = lines.at(-1) ?? '';
  return `It ended with ${result.exitCode} on ${step.host}${said ? `: ${said}` : '.'}`;
}

/** Of a script whose end was not seen, the last lines may say why. */
function keepWhatWasSeen(context: RunContext, step: Step): void {
  const text = context.live.end(step.id).trimEnd();
  if (text !== '') context.journal.record({ type: 'step-output', step: step.id, text: `${text}\n` });
}

function recordOutput(context: RunContext, step: Step, result: CommandResult): void {
  context.live.end(step.id);
  const redact = (text: string): string => context.secrets.redact(text);
  const text = [shownOutput(result.stdout, redact).trimEnd(), redact(result.stderr).trimEnd()]
    .filter(Boolean)
    .join('\n');
  if (text === '') return;
  const cut =
    text.length > OUTPUT_LIMIT
      ? `${text.slice(0, OUTPUT_LIMIT)}\n… ${text.length - OUTPUT_LIMIT} more`
      : text;
  context.journal.record({ type: 'step-output', step: step.id, text: `${cut}\n` });
}

function leaseEnd(host: string, why: string, overtaken: boolean, begun: boolean): ScriptEnd {
  const reason = `The lease on ${host} is not ours any more: ${why}.`;
  const next = overtaken
    ? 'See who acts on this site now, and leave it to them.'
    : 'The lease is taken again before anything else is sent.';
  return { kind: 'lease', overtaken, begun, reason, next };
}
