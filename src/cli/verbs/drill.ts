import { drillHistory } from '../../core/drill/report';
import type { Drill } from '../../core/drill/drill';
import type { Options } from '../args';
import { attended } from '../attended';
import { composeCommandLine, type CommandLine } from '../compose';
import { askToConfirm } from '../confirm';
import { EXIT, UsageError } from '../exitCodes';
import { chooseSite } from '../inventory';
import { checkOut, tell, tellAfterwards } from '../output';
import { Progress } from '../progress';

const CODES: Readonly<Record<Drill['end'], number>> = {
  done: EXIT.done,
  refused: EXIT.refused,
  stopped: EXIT.unfinished,
};

/** Promotes there and back as a rehearsal, and tells what users would have noticed. An interrupt ends it after a way back. */
export async function drill(options: Options): Promise<number> {
  if (options.words.length > 0) throw new UsageError('drill takes no words: drill --rounds 3');
  const parts = composeCommandLine(options);
  try {
    return options.history ? await history(options, parts) : await rehearse(options, parts);
  } finally {
    await parts.close();
  }
}

async function history(options: Options, { drills }: CommandLine): Promise<number> {
  const all = (await drills.history()).filter(
    ({ site }) => options.site === undefined || site === options.site,
  );
  await tell(options, options.json ? JSON.stringify(all) : drillHistory([...all].reverse()));
  return EXIT.done;
}

/** @throws OperatorError before anything begins when `--out` can't be written; afterwards the exit code tells of the drill alone. */
export async function rehearse(options: Options, { drills }: Pick<CommandLine, 'drills'>): Promise<number> {
  await checkOut(options);
  const site = await chooseSite(options);
  const { standby, problems } = await drills.look(site);
  if (problems.length > 0 || standby === undefined) {
    const reason = problems.length > 0 ? problems.join('; ') : 'no host can be promoted';
    if (options.json) console.log(JSON.stringify({ type: 'refused', reason }));
    console.error(`Refused: ${reason}. Nothing was changed.`);
    return EXIT.refused;
  }
  if (!options.yes) {
    const said = await askToConfirm(
      question(site.name, standby, options.rounds),
      process.stdin,
      process.stderr,
    );
    if (said !== 'confirmed') {
      console.error('Not confirmed. Nothing was changed.');
      return EXIT.refused;
    }
  }
  let stopping = false;
  const stop = (): void => {
    stopping = true;
    console.error('The drill ends when the roles are back. Please wait.');
  };
  // A lost terminal is a stop, too: outages that nobody watches are not begun.
  return attended({ interrupt: stop, hangUp: stop }, async () => {
    const done = await drills.run(site, {
      rounds: options.rounds,
      acknowledged: options.acknowledged,
      stopped: () => stopping,
      follow: (run, plan) => {
        const progress = new Progress(options.json);
        progress.begin(plan);
        return run.onSnapshot((snapshot) => progress.show(snapshot));
      },
      onLeg: (leg) => {
        if (options.json) console.log(JSON.stringify({ type: 'leg', ...leg }));
        else console.log(`${leg.end ?? 'no end'}: ${leg.summary}\n`);
      },
    });
    if (options.json) console.log(JSON.stringify({ type: 'drill-ended', ...done }));
    if (!options.json || options.out !== undefined) {
      const said = `The drill has its end all the same: ${done.end}.`;
      await tellAfterwards(options, await drills.report(done), said);
    }
    return CODES[done.end];
  });
}

function question(site: string, standby: string, rounds: number) {
  return {
    question: `Drill ${site}: promote ${standby}, then back${rounds > 1 ? `, ${rounds} times` : ''}?`,
    detail: `These are real promotions: each interrupts writes and the virtual IP for a moment. Any problem ends the drill.`,
    verb: 'Drill',
  };
}
