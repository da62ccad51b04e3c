import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { REPOSITORY } from '../places';
import { PRODUCT_TREES, type ProductState } from './product';
import { brief, type Records } from './records';
import { SCENES } from './scenes/table';
import type { CellLine } from './shard';

const PREFACE = `# Faults

Written by \`npm run test:faults -- --all\`. A cell is one fault that strikes when the script of one step is about to leave for its
host, on three real hosts of the hardened profile with a heartbeat, under the [referee](../test/lab/referee/README.md). Then the
fault is mended, and the product's own next step is taken until there is none. A cell holds when the referee has nothing to
report and the site is done or undone, with everything where it belongs.

\`\`\`
npm run test:faults                                   # one fault a step, and every cell behind the closing (below)
npm run test:faults -- --covering                     # one fault a step
npm run test:faults -- --unwritable                   # the rest of the first
npm run test:faults -- --all --labs 3                 # every cell; goes on where it was stopped, as long as the product is the same
npm run test:faults -- --report                       # this page, from what was kept of this product
npm run test:faults -- --scene failover --only /open/ # some of all cells
\`\`\`

- *target* is the controller that the operation makes primary (of a rejoin: secondary), *peer* the other one. Whoever is
  primary after a cell stays it: the matrix runs in both directions.
- *promoter-stopped*: SIGSTOP; another operator takes over and undoes, or finishes where that is all that is left; then
  SIGCONT. *promoter-killed-behind*: when the script has ended on its host, and its answer is not known. *command-hangs*: the step's
  script is stopped for good as it begins; *helper-hangs*: with its time limit and the helper, which holds the host's lock.
  *peer-returns*: the primary whose power-off was attested has power again.
- \`npm test\` runs the first of these commands: the second in five shards and the third in six, which it leaves out, aloud, where
  CI's time does not allow them to begin. Behind the closing are, of a planned promotion alone, the steps that need
  \`database-close\`, directly or by others, up to the opening: these meet every fault. Steps beside them (VIP, files, services), the
  closing itself, and all steps of failover and rejoin meet one fault each in that set.
- After a failover the old primary is switched on, must come back as a standby, and is rejoined, all under the referee.
  What it acknowledged and never sent is no violation there; what the target had received when it died is on the new primary. A
  half-way one reads the old primary's binary logs, and loses nothing.
- The lease lives 20 s instead of 30, and an undo waits 3 s for hosts that are away, not 30: it is harder, and quicker.
- A run that has no end after 30 s is aborted, as an operator would; behind the point of no return its process is killed.
- MySQL on a full disk looks for room once a minute: writes that the *target* does not answer in a *disk-full* cell are no blindness
  of the referee (what is not answered is not acknowledged), and the cell waits until it commits again.
- "Where it belongs" is: the right primary, a standby that replicates and has no transaction of its own, nothing left of the operation,
  and a preflight of the next promotion that nothing blocks. A standby that lost its power, or whose disk was full (error 1114), may
  be left with an applier that has stopped: it is prepared as a secondary, and the table says "rejoined". No other may.
- "The relay log is recovered as configured again", behind a failover, is optional: where the fault keeps it from being done, the run is
  done, names it as not done, and leaves its command, which stands in the plan, to the operator. The next case begins with it.
- A cell that did not hold is tried once more and both are told, but not where the referee saw an invariant broken. A second
  try is mostly the referee's: on a starved machine it was blind for longer than it allows itself. That may come again, so a cell
  of which it saw nothing wrong is then tried a third time. What it saw broken counts also in a case that failed otherwise. Why earlier
  tries did not hold is kept, of earlier runs too.
- Each cell's result is a line of [faults.jsonl](faults.jsonl). \`--all\` goes on from there on any machine, as long as the product is
  the same; results of another product don't count.
`;

/** As `judgedText` begins where nothing but sight is missing. */
const BLIND_ALONE = /Referee: no violation, blind/;

/** docs/faults.md: what was tried, what held, on which product; and docs/faults.jsonl, of which it is made. */
export async function writeReport({ content, commit }: ProductState, records: Records): Promise<void> {
  const cells = [...records.results.values()];
  const held = cells.filter((cell) => cell.held).length;
  const known = [...records.cells.values()].reduce((sum, ids) => sum + ids.length, 0);
  const again = cells.filter(({ earlier, held: holds }) => holds && earlier.length > 0);
  const blindAlone = again.filter(({ earlier }) => earlier.every((why) => BLIND_ALONE.test(why)));
  const unbegun = SCENES.filter(({ id }) => !records.cells.has(id)).map(({ id }) => `\`${id}\``);
  const uncounted = unbegun.length > 0 ? ` Not begun, and not counted: ${unbegun.join(', ')}.` : '';
  const text = [
    PREFACE,
    '## Last run',
    '',
    `Product \`${content}\` (the content of ${PRODUCT_TREES}; commit \`${commit}\` has it): ${cells.length} of ${known} cells run, ${held} held, ${again.length} of them at a later try, ${blindAlone.length} of these for nothing but a blind referee.${uncounted}`,
    '',
    ...SCENES.flatMap(({ id, title }) => {
      const own = cells.filter(({ cell }) => part(cell, 0) === id);
      return [`### ${title}`, '', ...table(own, records.cells.get(id)?.length)];
    }),
    ...list(
      'Not held',
      cells.filter(({ held: holds }) => !holds),
      ({ why }) => why,
    ),
    ...list('Held at a later try', again, ({ earlier }) => earlier.map(brief).join(' – then: ')),
  ];
  await writeFile(path.join(REPOSITORY, 'docs/faults.md'), `${text.join('\n').trimEnd()}\n`);
  await records.commit(content);
}

const part = (cell: string, index: number): string => cell.split('/')[index] ?? '';

function table(cells: readonly CellLine[], known: number | undefined): string[] {
  if (cells.length === 0) return ['Not run.', ''];
  const faults = [...new Set(cells.map(({ cell }) => part(cell, 2)))].sort();
  const rows = faults.map((fault) => {
    const struck = cells.filter(({ cell }) => part(cell, 2) === fault);
    const ends = new Map<string, number>();
    for (const { ends: end } of struck) ends.set(end, (ends.get(end) ?? 0) + 1);
    const told = [...ends]
      .sort((a, b) => b[1] - a[1])
      .map(([end, count]) => `${count} × ${end.replace('->', '→') || 'not held'}`);
    return `| ${fault} | ${struck.length} | ${struck.filter(({ held }) => held).length} | ${told.join(', ')} |`;
  });
  const held = cells.filter((cell) => cell.held).length;
  return [
    `\`${part(cells[0]?.cell ?? '', 0)}\`: ${cells.length} of ${known ?? cells.length} cells run, ${held} held.`,
    '',
    '| fault | cells | held | how the struck run ended → how the site did |',
    '|---|---|---|---|',
    ...rows,
    '',
  ];
}

function list(title: string, cells: readonly CellLine[], why: (line: CellLine) => string): string[] {
  if (cells.length === 0) return [];
  const lines = cells.map((line) => `- \`${line.cell}\`: ${brief(why(line)).replaceAll('\n', ' ')}`);
  return [`### ${title}`, '', ...lines, ''];
}
