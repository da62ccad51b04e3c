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
  /** For the steps of "Prepare as Secondary", which brings the standby in. */
  readonly rejoin: RejoinKit;
}

/** The first step: from it on the way leads forward, and every step may be run again. */
export const BEGIN = 'begin';

export function setupKit(context: SetupContext): SetupKit {
  const { site, planId, primary, standby, seen, observation, answers } = context;
  const common = {
    ...{ site, observation, answers },
    secretsAvailable: context.secretsAvailable,
    unfinishedRun: context.unfinishedRun,
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
    rejoin: {
      context: {
        ...{ ...common, method, host: standby, primary },
        seen: { host: seen.standby, primary: seen.primary, witness: seen.witness },
        way: {
          kind: 'clone',
          reasons: [`${standby.name} has nothing of ${primary.name} yet`],
          extra: new Map(),
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

/** A step after the first one: it can't be taken back as a whole, and it may be run again at any time. */
export function forward(
  parts: Pick<Step, 'id' | 'title' | 'host' | 'why' | 'needs' | 'shown' | 'act' | 'usualMs'> &
    Partial<Pick<Step, 'verify' | 'optional' | 'danger'>>,
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
