import type { Finding } from '../../../findings/finding';
import { bySeverity } from '../../../findings/order';
import { runRules } from '../../../findings/rule';
import { quietDuringOperation } from './duringOperation';
import { STATE_RULES } from './table';
import type { SiteView } from './view';

/** Everything to be said of a site as its hosts are, worst first. Empty: healthy, and every fact was read. */
export function stateFindings(view: SiteView): Finding[] {
  return bySeverity(quietDuringOperation(view, runRules(STATE_RULES, view)));
}
