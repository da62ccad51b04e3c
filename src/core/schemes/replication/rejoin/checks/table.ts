import type { CheckResult } from '../../../../plan/plan';
import { identities } from '../../checks/identities';
import { operationUnfinished } from '../../checks/operationUnfinished';
import { persistedReadOnly } from '../../checks/persistedReadOnly';
import { profileMismatch } from '../../checks/profileMismatch';
import { resources } from '../../checks/resources';
import { type Check, runCheck } from '../../operation/check';
import { outward, type RejoinContext } from '../context';
import { access } from './access';
import { cloneLogin, cloneReady, diskForClone, otherEngines } from './clone';
import { closed } from './closed';
import { dataWhole } from './dataWhole';
import { exportPossible } from './export';
import { extraTransactions } from './extra';
import { files } from './files';
import { records } from './records';
import { gtidReady, replicationLogin, versions } from './replication';
import { secrets } from './secrets';
import { primaryClear } from './target';
import { way } from './way';

/** A check of the promotion, as it is: the primary is its source, the host its target. */
function borrowed(check: Check): Check<RejoinContext> {
  return { ...check, run: (context) => check.run(outward(context)) };
}

/** In the order in which an operator reads them. A new check is a file and a line here. */
export const REJOIN_CHECKS: readonly Check<RejoinContext>[] = [
  primaryClear,
  dataWhole,
  borrowed(operationUnfinished),
  access,
  borrowed(profileMismatch),
  records,
  closed,
  way,
  extraTransactions,
  exportPossible,
  borrowed(identities),
  versions,
  gtidReady,
  replicationLogin,
  cloneReady,
  cloneLogin,
  otherEngines,
  diskForClone,
  borrowed(persistedReadOnly),
  files,
  secrets,
  borrowed(resources),
];

/** All of them run; none hides another. */
export function runRejoinChecks(context: RejoinContext): CheckResult[] {
  return REJOIN_CHECKS.map((check) => runCheck(check, context));
}
