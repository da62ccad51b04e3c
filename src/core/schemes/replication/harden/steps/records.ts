import type { Step } from '../../../../plan/plan';
import { shellQuote } from '../../../../quote';
import { DEPLOYED_HELPER, leased, shownHelper, type StepKit, unleased } from '../../steps/kit';
import { STATE } from './state';

/** The installed helper of the witness, which has its state on disk. */
const WITNESS_HELPER = `unset CLUSTERCONTROL_HA_STATE CLUSTERCONTROL_HA_SETTINGS; ${DEPLOYED_HELPER}`;

export function witnessRecord({ context, source }: StepKit, needs: readonly string[]): Step {
  const epoch = context.epochs.next;
  const call = `witness commit ${epoch} ${shellQuote(source)}`;
  return {
    id: 'witness-record',
    title: `The witness knows ${source} as primary of epoch ${epoch}`,
    host: context.site.prometheus.name,
    why: 'After a power cut a primary opens only when one of the other two confirms it.',
    phase: 'prepare',
    needs,
    shown: [shownHelper(call)],
    act: unleased(`${WITNESS_HELPER} ${call}`, 10_000),
    undo: {
      shown: [`rm ${STATE}/witness`],
      script: unleased(
        `[ "$(cat ${STATE}/witness 2>/dev/null)" != ${shellQuote(`${epoch} ${source}`)} ] || rm -f ${STATE}/witness`,
        10_000,
      ),
      effect: 'the witness knows no primary',
    },
    danger: 'none',
    usualMs: 15,
  };
}

/** The role that this host has already, on its disk. */
export function roleRecord(
  { context, source, helper }: StepKit,
  host: string,
  needs: readonly string[],
): Step {
  const epoch = context.epochs.next;
  const role = host === source ? 'primary' : 'standby';
  const call = `role write ${epoch} ${role} ${shellQuote(source)}`;
  return {
    id: `role-${host}`,
    title: `${host} is ${role} on its disk`,
    host,
    why: 'It says what the host is, and changes nothing yet: its guard does not run.',
    phase: 'prepare',
    needs,
    shown: [shownHelper(call)],
    act: leased(`${helper} ${call}`, 10_000),
    undo: {
      shown: [`rm ${STATE}/role`],
      script: leased(`rm -f ${STATE}/role && sync ${STATE}`, 10_000),
      effect: `${host} has no role record`,
    },
    danger: 'none',
    usualMs: 15,
  };
}

/** keepalived does not look at it yet. From here on it may: the primary is eligible, the standby is not. */
export function flagSet({ context, source, helper }: StepKit, needs: readonly string[]): Step {
  const call = `flag set ${context.epochs.next}`;
  return {
    id: 'flag',
    title: 'The primary has the active flag',
    host: source,
    why: 'keepalived and the units will ask for it. It stands before the first of them does.',
    phase: 'prepare',
    needs,
    shown: [shownHelper(call)],
    act: leased(`${helper} ${call}`, 10_000),
    undo: {
      shown: [shownHelper('flag drop')],
      script: leased(`${helper} flag drop`, 10_000),
      effect: `${source} has no flag, and nothing asks for it`,
    },
    danger: 'none',
    usualMs: 10,
  };
}
