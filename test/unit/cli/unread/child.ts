// A program around the real `follow` and a run that does as the test says, a message a step.
import { endUnread } from '../../../../src/cli/attended';
import { parseOptions } from '../../../../src/cli/args';
import { follow } from '../../../../src/cli/verbs/run';
import type { Run } from '../../../../src/core/run/executor';
import type { RunSnapshot } from '../../../../src/core/run/snapshot';
import { healthyPlan } from '../../../workbench/runbook/plan';
import { type Moment, snapshotAt } from '../../../workbench/runbook/snapshots';

export type Order = 'step' | 'end';
export type Told = 'begun' | 'stepped';

const plan = healthyPlan(1_700_000_000_000);
const tell = (told: Told): void => void process.send?.(told);
const at = (moment: Moment): RunSnapshot => snapshotAt(plan, 0, moment);

let show: (snapshot: RunSnapshot) => void = () => undefined;
let finish: (snapshot: RunSnapshot) => void = () => undefined;
let reached = 0;

function step(): void {
  reached += 1;
  const upTo = plan.steps[reached]?.id;
  if (upTo !== undefined) show(at({ upTo }));
  process.stderr.write('said\n');
  // What the two writes have brought about is there before the answer.
  setImmediate(() => setImmediate(tell, 'stepped'));
}

const run = {
  onSnapshot: (listener: typeof show) => {
    show = listener;
    return { dispose: () => undefined };
  },
  snapshot: () => {
    const now = at({});
    return process.argv[2] === 'stoppable' ? { ...now, stoppable: true } : now;
  },
  abort: () => {
    finish(at({ end: 'undone', summary: 'Aborted.' }));
    return Promise.resolve();
  },
} as unknown as Run;

endUnread();
process.on('message', (order: Order) => {
  if (order === 'step') step();
  else finish(at({ end: 'done', summary: 'Done.' }));
});

if (process.argv[2] === 'no-run') {
  show = () => console.log('a line');
  tell('begun');
} else {
  const operations = { operator: 'ann@desk', outages: () => Promise.resolve([]) };
  const begun = follow(parseOptions(['run', 'promote', 'cc2']), plan, run, operations, () => {
    tell('begun');
    return new Promise((resolve) => (finish = resolve));
  });
  void begun.then((code) => process.exit(code));
}
