import { countTransactions, formatGtidSet, subtractGtidSets } from '../../../../gtid/set';
import { type Check, passed, UnknownFact } from '../../operation/check';
import { extraFacts, hostFacts } from '../answers';
import type { RejoinContext } from '../context';
import type { Way } from '../way';

const SHOWN = 15;

/** What must be typed before transactions are given up: host and number, so that nobody does it in passing. */
export function giveUpPhrase(host: string, count: number): string {
  return `give up ${count} of ${host}`;
}

/** What those touched that its binary logs still hold, and where they stay. */
function whatIsKept({ extra, kept }: Way, { host, answers, keptFolder }: RejoinContext): string[] {
  const facts = extraFacts(answers);
  const logs = hostFacts(answers)?.binlogBytes;
  const all = countTransactions(kept) === countTransactions(extra);
  const which = all ? 'They' : `The other ${countTransactions(kept)}`;
  return [
    ...(facts === undefined
      ? ['what they touched could not be read from its binary logs']
      : [
          ...facts.touched.slice(0, SHOWN),
          ...(facts.touched.length > SHOWN ? [`and ${facts.touched.length - SHOWN} more`] : []),
          `${facts.bytes} bytes as readable SQL${logs === undefined ? '' : `, at most ${logs} bytes of binary logs`}`,
        ]),
    `${which} are kept in ${keptFolder} on ${host.name}; its database is replaced.`,
  ];
}

/**
 * Transactions that only this host has: acknowledged to users, never received by the other. CLONE removes them, so they
 * are kept before, shown now, and given up by a typed sentence only. What its binary logs hold no longer is said to be lost.
 */
export const extraTransactions: Check<RejoinContext> = {
  id: 'extra-transactions',
  title: 'The host has no transaction of its own',
  level: 'acknowledge',
  run(context) {
    const { way, host, primary } = context;
    if (way === undefined) throw new UnknownFact(`what only ${host.name} has is not known`);
    const count = countTransactions(way.extra);
    if (count === 0) return passed(`everything that ${host.name} has, ${primary.name} has too`);
    const phrase = giveUpPhrase(host.name, count);
    const gone = subtractGtidSets(way.extra, way.kept);
    return {
      outcome: 'fired',
      phrase,
      evidence: [
        `${count} transactions that only ${host.name} has: ${formatGtidSet(way.extra)}`,
        ...(gone.size === 0
          ? []
          : [
              `${countTransactions(gone)} of them are no longer in its binary logs, and can't be kept: ${formatGtidSet(gone)}`,
            ]),
        ...(way.kept.size === 0 ? ['its database is replaced'] : whatIsKept(way, context)),
      ],
      remedy: `Read them with mysqlbinlog on ${host.name} first if you don't know them. Type "${phrase}" to go on without them.`,
    };
  },
};
