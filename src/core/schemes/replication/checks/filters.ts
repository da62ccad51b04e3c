import { type PromoteContext, sourceAsked } from '../operation/context';
import { type Check, needAnswer, verdict } from '../operation/check';
import { ASKED } from './asked/questions';
import { readServer, type ServerAnswer } from './asked/server';

const filtersOf = ({ applierFilters, binlogFilters }: ServerAnswer): readonly string[] => [
  ...applierFilters,
  ...binlogFilters,
];

function server(context: PromoteContext, id: string, host: string): ServerAnswer {
  return readServer(host, needAnswer(context, id, host));
}

/**
 * A filter leaves transactions out and counts them as executed: no GTID set shows what is missing. On both the same, it is
 * somebody's intention; on one alone, the other one's data differ.
 */
export const filters: Check = {
  id: 'filters',
  title: 'No replication filter leaves anything out',
  level: 'block',
  emergency: 'acknowledge',
  run(context) {
    const { source, target } = context;
    const there = filtersOf(server(context, ASKED.serverTarget, target.name));
    if (!sourceAsked(context)) {
      return verdict(
        there.map((filter) => `${target.name} filters: ${filter}`),
        `What the filter leaves out is not on ${target.name}, and no GTID set shows it.`,
        [`${target.name} has no filter`],
      );
    }
    const here = filtersOf(server(context, ASKED.serverSource, source.name));
    const only = (a: readonly string[], b: readonly string[], host: string): string[] =>
      a.filter((filter) => !b.includes(filter)).map((filter) => `${host} alone filters: ${filter}`);
    const differ = [...only(there, here, target.name), ...only(here, there, source.name)];
    if (differ.length > 0) {
      return verdict(
        differ,
        'Remove it (CHANGE REPLICATION FILTER …=(), or the option), and rebuild the standby by CLONE: what was left out is missing there without a trace. A wanted filter belongs on both.',
        [],
      );
    }
    return verdict(
      here.map((filter) => `both filter: ${filter}`),
      'What both leave out is not brought over. Is that wanted?',
      [`neither ${source.name} nor ${target.name} has a filter`],
      'warn',
    );
  },
};
