import { readHistory } from '../../checks/asked/history';
import { ASKED } from '../../checks/asked/questions';
import { lower, series } from '../../checks/versions';
import { type Check, need, needAnswer, passed, UnknownFact, verdict } from '../../operation/check';
import type { EmergencyContext } from '../context';

/** The relay log's header names the version of the server that is dead; its ClusterControl can't be asked for. */
export const versions: Check<EmergencyContext> = {
  id: 'versions',
  title: 'The target is no older than the old primary',
  level: 'acknowledge',
  run(context) {
    const { seen, source, target } = context;
    const here = need(seen.target.mysql, target.name, 'MySQL').version;
    const there = readHistory(needAnswer(context, ASKED.history, target.name)).sourceVersion;
    if (there === undefined) {
      throw new UnknownFact(`${target.name}: its relay log does not name the version of ${source.name}`);
    }
    const differ = series(here) !== series(there) || lower(here, there);
    return differ
      ? verdict(
          [`${source.name} ran MySQL ${there}, ${target.name} runs ${here}`],
          `${source.name} can't follow ${target.name} for sure when it is back: bring both to one version before that.`,
          [],
        )
      : passed(`${source.name} ran MySQL ${there}, ${target.name} runs ${here}`);
  },
};
