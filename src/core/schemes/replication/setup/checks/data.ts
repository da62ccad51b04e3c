import { type Check, passed } from '../../operation/check';
import type { Database } from '../assess/facts';
import type { SetupContext } from '../context';
import { factsOf } from './facts';

/** What must be typed before databases are given up: the host, so that nobody does it in passing. */
export function replacePhrase(host: string): string {
  return `replace the data of ${host}`;
}

function described({ name, bytes, tables }: Database): string {
  return `${name}: ${tables} tables, ${Math.ceil(bytes / 1_048_576)} MiB`;
}

/** CLONE drops whatever the standby has. An empty server has nothing to lose; a data folder without an answer is not empty. */
export const standbyData: Check<SetupContext> = {
  id: 'standby-data',
  title: 'The standby has no data of its own',
  level: 'acknowledge',
  run(context) {
    const { standby, stage, seen } = context;
    const facts = factsOf(context, standby.name);
    if (stage !== 'fresh' && seen.standby.mysql.known && seen.standby.mysql.value.replica !== undefined) {
      return passed(`${standby.name} holds the copy that was begun`);
    }
    if (facts.databases === undefined) {
      if (!facts.dataThere) return passed(`${standby.name} has no MySQL data`);
      // Not unknown: that would take any word for a reason, and what is there could not be shown.
      return {
        outcome: 'fired',
        level: 'block',
        evidence: [`${standby.name} has a MySQL data folder, and its server does not answer`],
        remedy: `Start MySQL on ${standby.name}, and plan again: what it has is shown before anything is replaced.`,
      };
    }
    if (facts.databases.length === 0) return passed(`${standby.name} has no database but MySQL's own`);
    const phrase = replacePhrase(standby.name);
    return {
      outcome: 'fired',
      phrase,
      evidence: facts.databases.map(described),
      remedy: `They are dropped and replaced by a copy of ${context.primary.name}; a dump of them stays on ${standby.name}. Type "${phrase}" to go on.`,
    };
  },
};

export const primaryData: Check<SetupContext> = {
  id: 'primary-data',
  title: 'What the primary has stays',
  level: 'inform',
  run(context) {
    const { databases } = factsOf(context, context.primary.name);
    if (databases === undefined || databases.length === 0)
      return passed(`${context.primary.name} has no database yet`);
    return passed(...databases.map((one) => `${described(one)}: stays`));
  },
};
