import { type Check, passed, UnknownFact, verdict } from '../../operation/check';
import { hostFacts } from '../answers';
import type { RejoinContext } from '../context';

/** What is to be kept must have room, and the program that makes it readable must be there. */
export const exportPossible: Check<RejoinContext> = {
  id: 'export',
  title: 'What only the host has can be kept',
  level: 'block',
  run({ way, host, answers }) {
    if (way === undefined) throw new UnknownFact(`${host.name}: it is not known what only it has`);
    if (way.kept.size === 0) return passed('there is nothing to keep');
    const facts = hostFacts(answers);
    if (facts === undefined) throw new UnknownFact(`${host.name}: its binary logs could not be looked at`);
    return verdict(
      [
        ...(facts.mysqlbinlog ? [] : [`${host.name} has no mysqlbinlog`]),
        // The readable text of row events is a few times as long as they are.
        ...(facts.freeBytes > 4 * facts.binlogBytes
          ? []
          : [`${host.name} has ${facts.freeBytes} bytes free, its binary logs take ${facts.binlogBytes}`]),
      ],
      `Install the MySQL client programs on ${host.name}, or make room there.`,
      [`${host.name}: room for its binary logs and their text`],
    );
  },
};
