import type { CheckResult } from '../../../../plan/plan';
import { operationUnfinished } from '../../checks/operationUnfinished';
import { type Check, runCheck } from '../../operation/check';
import type { SetupContext } from '../context';
import { standbyData, primaryData } from './data';
import { access, reach, room, system, vipFree } from './hosts';
import { clusterControl, mysqlVersion, packages } from './packages';
import { notDeployedByHand, notDone, sameWay, standbyAtRest, witnessRecord } from './state';
import { firewall, prometheus, secrets, selinux } from './surroundings';

/** Reads only what is asked of both controllers. */
const unfinished: Check<SetupContext> = {
  ...operationUnfinished,
  run: (context) => operationUnfinished.run(asPromotion(context)),
};

function asPromotion(context: SetupContext): Parameters<typeof operationUnfinished.run>[0] {
  const { site, primary, standby, seen } = context;
  return {
    ...{ site, observation: context.observation, answers: context.answers, source: primary, target: standby },
    seen: { source: seen.primary, target: seen.standby, witness: seen.witness },
    method: 'role-flag',
    epochs: { current: 0, next: 1, undo: 2 },
    secretsAvailable: context.secretsAvailable,
    unfinishedRuns: context.unfinishedRuns,
  };
}

/** In the order in which an operator reads them. */
const CHECKS: readonly Check<SetupContext>[] = [
  notDone,
  unfinished,
  access,
  notDeployedByHand,
  sameWay,
  witnessRecord,
  system,
  reach,
  vipFree,
  packages,
  mysqlVersion,
  clusterControl,
  standbyAtRest,
  standbyData,
  primaryData,
  room,
  secrets,
  firewall,
  selinux,
  prometheus,
];

export function runSetupChecks(context: SetupContext): CheckResult[] {
  return CHECKS.map((check) => runCheck(check, context));
}
