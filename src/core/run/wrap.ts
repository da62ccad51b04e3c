import { fillSecrets } from '../plan/placeholders';
import type { HostScript, Plan } from '../plan/plan';
import type { HostCommand } from '../ports';
import { shellQuote, sqlQuote } from '../quote';

export const BROUGHT_HELPER_STATE = '/run/clustercontrol-ha/state';
export const BROUGHT_HELPER_SETTINGS = '/run/clustercontrol-ha/settings';
const DEPLOYED_HELPER_STATE = '/var/lib/clustercontrol-ha';
const DEPLOYED_HELPER_SETTINGS = '/etc/default/clustercontrol-ha';

/** Where a helper that is brought keeps its state and finds its settings. */
export function helperHome(plan: Plan): { readonly state: string; readonly settings: string } {
  return plan.helperStays
    ? { state: DEPLOYED_HELPER_STATE, settings: DEPLOYED_HELPER_SETTINGS }
    : { state: BROUGHT_HELPER_STATE, settings: BROUGHT_HELPER_SETTINGS };
}

/** Read by a brought helper instead of the files of an installed one. */
export function helperEnvironment(plan: Plan): Readonly<Record<string, string>> {
  if (!plan.bringHelper || plan.helperStays) return {};
  return {
    CLUSTERCONTROL_HA_STATE: BROUGHT_HELPER_STATE,
    CLUSTERCONTROL_HA_SETTINGS: BROUGHT_HELPER_SETTINGS,
  };
}

/** One call of the helper, `words` unquoted. */
export function helperCall(plan: Plan, words: readonly string[]): string {
  const environment = Object.entries(helperEnvironment(plan)).map(
    ([name, value]) => `${name}=${shellQuote(value)}`,
  );
  return [...environment, ...[plan.helperPath, ...words].map(shellQuote)].join(' ');
}

export interface WrapInput {
  readonly plan: Plan;
  readonly script: HostScript;
  readonly captured: ReadonlyMap<string, string>;
  /** Of the lease on the script's host. Needed for a leased script. */
  readonly token: number | undefined;
  readonly leased: boolean;
  /** Undo and verify may run before the value was seen: they get an empty one. An act never does. */
  readonly emptyWhereMissing: boolean;
  readonly replyMarginMs: number;
  readonly secret: (name: string) => string;
}

/**
 * What is really sent for a script of a plan. A leased one goes through the helper, which compares the token in the
 * same call. Secrets go into standard input, here and nowhere else.
 * @throws RangeError when a captured value or the token is missing, or a secret that a file needs is not one plain word.
 */
export function wrapScript(input: WrapInput): HostCommand {
  const { plan, script } = input;
  const text = assignments(input) + script.script;
  const command = {
    // The helper waits for its lock up to the script's time limit, 10 s at most, before the script's time begins.
    timeoutMs:
      script.timeoutMs + (input.leased ? Math.min(script.timeoutMs, 10_000) : 0) + input.replyMarginMs,
    privileged: true,
    ...(script.stdin === undefined
      ? {}
      : {
          stdin: fillSecrets(
            script.stdin,
            (name) => sqlQuote(input.secret(name)),
            (name) => plainWord(name, input.secret(name)),
          ),
        }),
  };
  if (!input.leased) return { ...command, script: exported(plan) + text };
  if (input.token === undefined) throw new RangeError('a leased script without a token');
  const options = ['--token', String(input.token), '--timeout', String(Math.ceil(script.timeoutMs / 1000))];
  if (script.unlocked) options.push('--unlocked');
  return { ...command, script: helperCall(plan, ['run', ...options, '--', text]) };
}

/** What keepalived reads as something else than a part of a word, or may: measured, it says nothing and takes the rest. */
const NOT_IN_WORD = /[^!-~]|["#!{}\\$]/;

/** A value that goes into a file as it is (keepalived's auth_pass): a line break or `#` in it would end it there. */
function plainWord(name: string, value: string): string {
  if (value !== '' && !NOT_IN_WORD.test(value)) return value;
  throw new RangeError(
    `the secret ${name} is not one plain word: letters, digits and punctuation without white space, " # ! { } \\ $`,
  );
}

function assignments({ script, captured, emptyWhereMissing }: WrapInput): string {
  return (script.inputs ?? [])
    .map((name) => {
      const value = captured.get(name) ?? (emptyWhereMissing ? '' : undefined);
      if (value === undefined) throw new RangeError(`the captured value ${name} is missing`);
      return `${name}=${shellQuote(value)}\n`;
    })
    .join('');
}

function exported(plan: Plan): string {
  return Object.entries(helperEnvironment(plan))
    .map(([name, value]) => `${name}=${shellQuote(value)}; export ${name}\n`)
    .join('');
}

/** Values printed on lines `@name=value`; the last one of a name counts. Undeclared names are left out. */
export function capturedValues(script: HostScript, stdout: string): Readonly<Record<string, string>> {
  const declared = new Set(script.outputs);
  const values: Record<string, string> = {};
  for (const line of stdout.split('\n')) {
    const match = /^@([a-z][a-z0-9_]*)=(.*?)\r?$/.exec(line);
    if (match?.[1] !== undefined && declared.has(match[1])) values[match[1]] = match[2] ?? '';
  }
  return values;
}
