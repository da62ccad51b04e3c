import type { Site } from '../../core/inventory/site';
import { type HostAnswer, operationUnderWay } from '../../core/operate/hostOperations';
import { addressesOf } from '../../core/operate/addressesOf';
import { checkSite } from '../../core/plan/siteAddresses';
import type { Options } from '../args';
import { composeCommandLine, type CommandLine } from '../compose';
import { askToConfirm } from '../confirm';
import { EXIT, UsageError } from '../exitCodes';
import { chooseSite } from '../inventory';
import { runIdOf } from '../runId';
import { planText } from '../text';
import { follow } from './run';

/** Finishes a run that has no end, or undoes it. What is not known of it is verified first. */
export async function resume(options: Options): Promise<number> {
  const [word, ...rest] = options.words;
  if (rest.length > 0 || (word === undefined) !== options.fromHosts) {
    throw new UsageError('resume takes the id of a run (cli.js runs), or --from-hosts');
  }
  const given = word === undefined ? undefined : runIdOf(word);
  const parts = composeCommandLine(options);
  try {
    if (given === undefined) {
      const site = await chooseSite(options);
      const taken = await takenFromHosts(options, parts, site);
      return typeof taken === 'number' ? taken : await goOn(options, parts, site, taken.runId);
    }
    const { plan } = await parts.operations.snapshotOf(given);
    if (options.site !== undefined && options.site !== plan.site) {
      throw new UsageError(`${given} is a run of site ${plan.site}, not of ${options.site}`);
    }
    const site = await chooseSite({ ...options, site: plan.site });
    checkSite(plan, addressesOf(site));
    // Another machine may have brought it to its end meanwhile.
    await parts.operations.settle(site);
    return await goOn(options, parts, site, given);
  } finally {
    await parts.close();
  }
}

async function goOn(
  options: Options,
  { operations }: CommandLine,
  site: Site,
  runId: string,
): Promise<number> {
  const { plan } = await operations.snapshotOf(runId);
  const one = operations.newRun(site);
  const { operator } = operations;
  const intent = options.undo ? 'undo' : 'finish';
  return follow(options, plan, one, operations, () =>
    one.resume(runId, { operator, intent, takeOver: options.takeOver }),
  );
}

/** What a host that was not heard would have told is not known. */
function nothingFound({ json }: Options, { name }: Site, answers: readonly HostAnswer[]): number {
  const unheard = answers.flatMap((one) => (one.known ? [] : [one]));
  if (unheard.length === 0) {
    if (json) console.log(JSON.stringify({ type: 'nothing-under-way', site: name }));
    else console.log(`The hosts of ${name} know of no operation without an end.`);
    return EXIT.done;
  }
  const silent = Object.fromEntries(unheard.map(({ host, reason }) => [host, reason]));
  if (json) console.log(JSON.stringify({ type: 'not-known', site: name, silent }));
  for (const { host, reason } of unheard) console.error(`${host} could not be asked: ${reason}`);
  const others = unheard.length < answers.length ? 'The others know of none. ' : '';
  console.error(
    `${others}It is not known whether an operation of ${name} has no end. Nothing was changed.\nNext: ask again when ${unheard.map(({ host }) => host).join(' and ')} can be reached.`,
  );
  return EXIT.failed;
}

/** Shows what the hosts tell and asks; an exit code where there is nothing to take. */
async function takenFromHosts(
  options: Options,
  { operations }: CommandLine,
  site: Site,
): Promise<number | { readonly runId: string }> {
  await operations.settle(site);
  const answers = await operations.askHosts(site);
  const found = operationUnderWay(answers, site.name);
  if (found === undefined) return nothingFound(options, site, answers);
  const { record, book, silent } = found;
  const since = new Date(record.sinceMs).toISOString();
  if (!options.json) {
    console.log(planText(book.plan));
    for (const [host, reason] of Object.entries(silent)) console.log(`${host} could not be asked: ${reason}`);
    console.log(`\n${record.operator} began this at ${since}; the hosts saw it come to: ${record.place}.`);
  }
  if (!options.yes) {
    const verb = options.undo ? 'Undo' : 'Finish';
    const said = await askToConfirm(
      {
        question: `${verb} ${book.plan.title}, begun by ${record.operator} at ${since}?`,
        detail:
          'Every step is asked for its effect first. Whoever began it can do nothing more on this site.',
        verb,
      },
      process.stdin,
      process.stderr,
    );
    if (said !== 'confirmed') {
      console.error('Not confirmed. Nothing was changed.');
      return EXIT.refused;
    }
  }
  return { runId: await operations.adopt(site, found) };
}
