import { type Check, UnknownFact, verdict } from '../../operation/check';
import { differingFiles, hostFacts, QUESTIONS } from '../answers';
import type { RejoinContext } from '../context';

const SHOWN = 20;

/** lsyncd deletes what its source lacks (measured): before it runs, what differs is listed, and kept when it is replaced. */
export const files: Check<RejoinContext> = {
  id: 'files',
  title: 'Files are the same on both',
  level: 'warn',
  run({ answers, host, primary, keptFolder }) {
    const found = differingFiles(answers);
    if (found === undefined) {
      const answer = answers[QUESTIONS.files];
      const why = answer?.answered === true ? answer.stderr.trim() : (answer?.reason ?? 'it was not asked');
      throw new UnknownFact(`${primary.name}: what differs on ${host.name} could not be listed: ${why}`);
    }
    const returned =
      hostFacts(answers)?.returned === true ? [`${host.name} was a primary and came back`] : [];
    return verdict(
      found.length === 0
        ? []
        : [
            ...returned,
            `${found.length} files differ on ${host.name}`,
            ...found.slice(0, SHOWN),
            ...(found.length > SHOWN ? [`and ${found.length - SHOWN} more`] : []),
          ],
      `What ${host.name} has of them is moved to ${keptFolder}/files there before ${primary.name} sends its own.`,
      [`nothing differs between ${primary.name} and ${host.name}`],
    );
  },
};
