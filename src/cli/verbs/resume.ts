import type { Site } from '../../core/inventory/site';
import { addressesOf } from '../../core/operate/addressesOf';
import { checkSite } from '../../core/plan/siteAddresses';
import type { Options } from '../args';
import { composeCommandLine, type CommandLine } from '../compose';
import { askToConfirm } from '../confirm';
import { EXIT, UsageError } from '../exitCodes';
import { chooseSite } from '../inventory';
import { planText } from '../text';
import { follow } from './run';

/** Finishes a run that has no end, or undoes it. What is not known of it is verified first. */
export async function resume(options: Options): Promise<number> {
  const [given, ...rest] = options.words;
  if (rest.length > 0 || (given === undefined) !== options.fromHosts) {
    throw new UsageError('resume takes the id of a run (cli.js runs), or --from-hosts');
  }
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

/** Shows what the hosts tell and asks; an exit code where there is nothing to take. */
async function takenFromHosts(
  options: Options,
  { operations }: CommandLine,
  site: Site,
): Promise<number | { readonly runId: string }> {
  await operations.settle(site);
  const found = await operations.underWay(site);
  if (found === undefined) {
    if (options.json) console.log(JSON.stringify({ type: 'nothing-under-way', site: site.name }));
    else console.log(`The hosts of ${site.name} know of no operation without an end.`);
    return EXIT.done;
  }
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
