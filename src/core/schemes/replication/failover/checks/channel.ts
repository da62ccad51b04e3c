import * as planned from '../../checks/gtidReady';
import { threads as plannedThreads } from '../../checks/threads';
import { type Check, need, passed, verdict } from '../../operation/check';
import { type EmergencyContext, followsNobody } from '../context';

// What a promotion asks of the channel, also of a target that has none: its data may be all that is left. `loss-bound` says
// what that costs, and has it typed.

export const gtidReady: Check<EmergencyContext> = {
  ...planned.gtidReady,
  run(context) {
    if (!followsNobody(context)) return planned.gtidReady.run(context);
    const { seen, target } = context;
    return verdict(
      planned.notReady(target.name, need(seen.target.mysql, target.name, 'MySQL')),
      'Without them nobody can follow it afterwards: set them in my.cnf, as the documentation says.',
      [`${target.name} can be followed by auto position; it follows nobody`],
    );
  },
};

export const threads: Check<EmergencyContext> = {
  ...plannedThreads,
  run(context) {
    return followsNobody(context)
      ? passed(`${context.target.name} has no replication channel: nothing is received or applied`)
      : plannedThreads.run(context);
  },
};
