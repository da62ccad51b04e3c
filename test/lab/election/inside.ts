// Inside a capsule: tsx inside.ts BASE [--every N] [WORDS]. Plays every story of every case whose name has all the words;
// with --every each N-th of them, by which each case and each story still has its turn.
import { availableParallelism } from 'node:os';
import { allWork, play, type Played, type Work } from './compare';
import { electionCases } from './matrix';

/** Pairs at once. They mostly wait; what they need of the machine is to be scheduled within a fraction of an advert. */
const AT_ONCE = Number(process.env['ELECTION_PAIRS'] ?? 30 * availableParallelism());

function disagreements({ cells }: Played): number {
  return cells.filter(({ simulated, real }) => simulated !== real).length;
}

async function main(base: string, given: readonly string[]): Promise<number> {
  const every = given[0] === '--every' ? Number(given[1]) : 1;
  const words = given[0] === '--every' ? given.slice(2) : given;
  const cases = electionCases().filter(({ name }) => words.every((word) => name.includes(word)));
  const queue: readonly Work[] = allWork(cases).filter((_, index) => index % every === 0);
  const begin = performance.now();
  let next = 0;
  let cells = 0;
  let agree = 0;
  let failed = 0;
  const worker = async (): Promise<void> => {
    for (let id = next++; id < queue.length; id = next++) {
      const work = queue[id];
      if (work === undefined) return;
      const name = `${work.one.name}: ${work.story.name}`;
      let played = await play(work, base, id);
      if (disagreements(played) > 0) {
        // A starved machine loses adverts. What disagrees twice is no accident.
        console.log(`retried: ${name}`);
        report(played);
        played = await play(work, base, id);
        if (disagreements(played) > 0) console.log(`${name}\n${played.logs}`);
      }
      report(played);
      cells += played.cells.length;
      agree += played.cells.length - disagreements(played);
      failed += disagreements(played) > 0 ? 1 : 0;
    }
  };
  const workers = Array.from({ length: Math.min(AT_ONCE, queue.length) }, worker);
  await Promise.all(workers);
  const minutes = ((performance.now() - begin) / 60_000).toFixed(1);
  console.log(`${cases.length} configurations, ${queue.length} stories, ${minutes} min`);
  console.log(`${cells} cells, ${agree} agree`);
  console.log(`${queue.length - failed} passed, ${failed} failed, 0 skipped`);
  return failed === 0 && cells > 0 ? 0 : 1;
}

function report({ cells }: Played): void {
  for (const { name, simulated, real } of cells) {
    if (simulated !== real) console.log(`  ${name}\n    simulated: ${simulated}\n    real:      ${real}`);
  }
}

main(process.argv[2] ?? '', process.argv.slice(3)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
