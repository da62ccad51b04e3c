import { shellQuote } from '../../../../quote';
import type { HostScript, Step } from '../../../../plan/plan';
import { promoteContext } from '../../operation/context';
import { keptFolder } from '../../rejoin/context';
import type { RejoinKit } from '../../rejoin/steps/kit';
import { DEPLOYED_HELPER, leased, stepKit } from '../../steps/kit';
import { type SetupContext, setupEpoch } from '../context';

/** What every step of one set-up is built with. */
export interface SetupKit {
  readonly context: SetupContext;
  readonly primary: string;
  readonly standby: string;
  readonly witness: string;
  readonly epoch: number;
  /** Path of the helper, as a shell word. */
  readonly helper: string;
  /** Reads SQL on standard input, prints bare values. */
  readonly mysql: string;
  /** Who file sync logs in as at the standby; another user than root goes on by sudo. */
  readonly syncUser: string;
  /** For the steps of "Prepare as Secondary", which brings the standby in. */
  readonly rejoin: RejoinKit;
}

/** The first step: from it on the way leads forward, and every step may be run again. */
export const BEGIN = 'begin';

export function setupKit(context: SetupContext): SetupKit {
  const { site, planId, primary, standby, seen, answers } = context;
  const observation = asRendered(context);
  const common = {
    ...{ site, observation, answers },
    secretsAvailable: context.secretsAvailable,
    unfinishedRuns: context.unfinishedRuns,
  };
  // On bare hosts nothing says yet how roles will move: the set-up makes it so.
  const method = 'role-flag' as const;
  const inward = stepKit({ ...promoteContext({ ...common, target: primary.name }), method });
  const helper = shellQuote(DEPLOYED_HELPER);
  return {
    context,
    primary: primary.name,
    standby: standby.name,
    witness: site.prometheus.name,
    epoch: setupEpoch(context),
    helper,
    mysql: inward.mysql,
    syncUser: standby.ssh.user ?? 'root',
    rejoin: {
      context: {
        ...{ ...common, method, host: standby, primary },
        seen: { host: seen.standby, primary: seen.primary, witness: seen.witness },
        way: {
          kind: 'clone',
          reasons: [`${standby.name} has nothing of ${primary.name} yet`],
          extra: new Map(),
          kept: new Map(),
        },
        keptFolder: keptFolder(planId),
      },
      host: standby.name,
      primary: primary.name,
      helper,
      mysql: inward.mysql,
      inward,
    },
  };
}

/** Steps that send files ask the primary's lsyncd for its login: here it is the one that is rendered for it. */
function asRendered({ observation, primary, standby }: SetupContext): SetupContext['observation'] {
  const seen = observation.hosts[primary.name];
  if (seen === undefined) return observation;
  const lsyncd: typeof seen.lsyncd = {
    known: true,
    value: {
      ...{ running: false, targets: [], login: standby.ssh.user ?? 'root' },
      ...{ reportedAtMs: undefined, delays: undefined },
    },
    atMs: seen.atMs,
    source: 'inventory',
  };
  return { ...observation, hosts: { ...observation.hosts, [primary.name]: { ...seen, lsyncd } } };
}

/** A step after the first one: it can't be taken back as a whole, and it may be run again at any time. */
export function forward(
  parts: Pick<Step, 'id' | 'title' | 'host' | 'why' | 'needs' | 'shown' | 'act' | 'usualMs'> &
    Partial<Pick<Step, 'verify' | 'optional' | 'danger' | 'attempts'>>,
): Step {
  const needs = parts.needs.length === 0 ? [BEGIN] : parts.needs;
  return { phase: 'after', danger: 'none', ...parts, needs };
}

/** A step of another operation at its place in this one. */
export function borrowed(step: Step, needs: readonly string[]): Step {
  const { undo: _undo, noUndo: _noUndo, ...rest } = step;
  const danger = step.danger === 'irreversible' ? 'interrupts' : step.danger;
  return { ...rest, phase: 'after', danger, needs };
}

/** On a controller the lease is compared, on the witness there is none. `long`: the lock isn't kept meanwhile. */
export function on(
  kit: SetupKit,
  host: string,
  script: string,
  timeoutMs: number,
  more: Partial<HostScript> = {},
): HostScript {
  return host === kit.witness
    ? { script, timeoutMs, leased: false, ...more }
    : leased(script, timeoutMs, more);
}

export const SHELL_PATH = 'PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin; export PATH';
