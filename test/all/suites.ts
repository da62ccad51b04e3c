import { availableParallelism } from 'node:os';
import path from 'node:path';

export const ROOT = path.resolve(__dirname, '../..');
export const LOGS = path.join(ROOT, 'test-results/logs');

/** One suite: a command that prints `N passed, N failed, N skipped` last. */
export interface Suite {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** Share of the machine it takes: suites run side by side while the sum fits. */
  readonly weight: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Needs neither hosts nor an editor: what fails there fails again, and is not tried again. */
  readonly sure?: true;
  /** Left out, and said so, where it could not begin within so many minutes: a machine too slow for all within CI's time. */
  readonly beginsWithinMinutes?: number;
}

const tsx = path.join(ROOT, 'node_modules/.bin/tsx');
const script = (file: string, ...args: string[]): [string, ...string[]] => [
  tsx,
  path.join(ROOT, file),
  ...args,
];

/** How much runs at once: three labs on two cores, five on four, as a lab waits for half of its time; more where there are more. */
export const CAPACITY = Math.max(3, Math.round(availableParallelism() * 1.25));
const ALONE = CAPACITY;
/** A lab with a referee keeps six tenths of a core busy, and waits for the rest. */
const LAB = 1;
/** Without a referee that writes a hundred times a second it mostly waits. */
const LIGHT_LAB = LAB / 2;

function lab(
  name: string,
  profile: string,
  env: Readonly<Record<string, string>>,
  ...specs: string[]
): Suite {
  return { name, command: script('test/all/lab.ts', profile, name, ...specs), weight: LAB, env };
}

function lightLab(...given: Parameters<typeof lab>): Suite {
  return { ...lab(...given), weight: LIGHT_LAB };
}

/**
 * The part of the fault matrix that is always run (docs/faults.md): one fault a step. A shard comes to ten minutes: one that
 * fails is tried again as a whole.
 */
const FAULTS: readonly Suite[] = [
  ...faults('faults', 2, '--covering', '--scene', 'planned'),
  ...faults('faults-failover', 2, '--covering', '--scene', 'failover,half-way'),
  ...faults('faults-rejoin', 1, '--covering', '--scene', 'rejoin,rejoin-clone'),
];

/** And of a planned promotion every other cell between the closing and the opening: a quarter of a whole run's work. */
const FAULTS_UNWRITABLE: readonly Suite[] = faults(
  'faults-unwritable',
  6,
  '--unwritable',
  '--scene',
  'planned',
).map((suite) => ({ ...suite, beginsWithinMinutes: 62 }));

function faults(name: string, shards: number, ...options: string[]): Suite[] {
  return Array.from({ length: shards }, (_, index) => {
    const shard = ['--shard', `${index + 1}/${shards}`];
    return {
      name: shards > 1 ? `${name}-${index + 1}` : name,
      command: script('test/lab/faults/run.ts', '--suite', ...options, ...shard),
      weight: LAB,
    };
  });
}

/** The editor's tests: of the page, on real hosts, and the rest (folders of test/workbench/ui). */
function workbench(name: string, ...patterns: string[]): Suite {
  return { name, command: script('test/workbench/run.ts', '--built', ...patterns), weight: LAB };
}

/** Quick ones first: a broken build should say so at once. Then the long ones, so that the short ones fill the end. */
export const SUITES: readonly Suite[] = [
  { name: 'static', command: script('test/all/static.ts'), weight: LAB, sure: true },
  { name: 'unit', command: script('test/all/unit.ts'), weight: 1, sure: true },
  { name: 'election', command: script('test/lab/election/run.ts', '--every', '3'), weight: ALONE },
  workbench('workbench-hosts', 'hosts'),
  lightLab('guard', 'hardened', {}, 'test/lab/cases/guard*.test.ts', 'test/lab/cases/helper*.test.ts'),
  lab(
    'failover',
    'hardened',
    {},
    'test/lab/failover/death.test.ts',
    'test/lab/failover/received.test.ts',
    'test/lab/failover/unreadable.test.ts',
    'test/lab/failover/rescueTorn.test.ts',
    'test/lab/failover/withoutChannel.test.ts',
    'test/lab/failover/interrupted.test.ts',
  ),
  // Drills first: within an hour of a failover a promotion wants a reason.
  lab(
    'resume',
    'hardened',
    {},
    'test/lab/drill/*.test.ts',
    'test/lab/resume/anotherMachine.test.ts',
    'test/lab/resume/failover.test.ts',
    'test/lab/resume/wayOut.test.ts',
  ),
  // It ends with either controller as the primary.
  lab('resume-opened', 'hardened', {}, 'test/lab/resume/openedByGuard.test.ts'),
  ...FAULTS,
  workbench('workbench-page', 'page'),
  lab(
    'rejoin',
    'hardened',
    {},
    'test/lab/rejoin/refusals.test.ts',
    'test/lab/rejoin/states.test.ts',
    'test/lab/rejoin/faults.test.ts',
  ),
  lab(
    'promote',
    'hardened',
    {},
    'test/lab/promote/deadKeepalived.test.ts',
    'test/lab/promote/slowStop.test.ts',
    'test/lab/promote/switchovers.test.ts',
    'test/lab/promote/refusals*.test.ts',
    'test/lab/failover/refusals.test.ts',
  ),
  workbench('workbench-editor', 'host', 'editor'),
  lab(
    'deploy',
    'hardened',
    {},
    'test/lab/deploy/cli.test.ts',
    'test/lab/deploy/hardened.test.ts',
    'test/lab/rotate/rotate.test.ts',
  ),
  lab(
    'deploy-documented',
    'documented',
    {},
    'test/lab/deploy/cureByCure.test.ts',
    'test/lab/deploy/documented.test.ts',
  ),
  lab(
    'hazards-failover',
    'documented',
    {},
    'test/lab/hazards/documentedFailover.test.ts',
    'test/lab/hazards/documentedCrash.test.ts',
  ),
  lab(
    'hazards-rest',
    'documented',
    {},
    'test/lab/hazards/documentedAddress.test.ts',
    'test/lab/hazards/documentedRest.test.ts',
  ),
  // What it made bears the promotion tests.
  lab('setup', 'fresh', {}, 'test/lab/setup/bare.test.ts', 'test/lab/promote/switchovers.test.ts'),
  lab('harden', 'documented', {}, 'test/lab/harden/*.test.ts'),
  lightLab('setup-killed', 'fresh', {}, 'test/lab/setup/killed.test.ts'),
  { name: 'demo', command: script('test/demo/suite.ts'), weight: LAB, env: {} },
  lab(
    'close',
    'hardened',
    {},
    'test/lab/close/close.test.ts',
    'test/lab/close/reopen.test.ts',
    'test/lab/close/undone.test.ts',
  ),
  lab(
    'promote-documented',
    'documented',
    {},
    'test/lab/promote/deadKeepalived.test.ts',
    'test/lab/promote/lsyncdAtBoot.test.ts',
    'test/lab/promote/documented.test.ts',
  ),
  lab('close-documented', 'documented', {}, 'test/lab/close/documented.test.ts'),
  lab(
    'failover-cut-off',
    'hardened',
    {},
    'test/lab/failover/deadGuard.test.ts',
    'test/lab/failover/undoneCutOff.test.ts',
  ),
  lab('failover-documented', 'documented', {}, 'test/lab/failover/documented.test.ts'),
  lightLab('rendered', 'hardened', {}, 'test/lab/rendered/*.test.ts'),
  lab('rejoin-documented', 'documented', {}, 'test/lab/rejoin/documented.test.ts'),
  lab('referee', 'documented', {}, 'test/lab/cases/referee*.test.ts'),
  lightLab('observe', 'hardened', {}, 'test/lab/cases/observe*.test.ts', 'test/lab/cases/ssh*.test.ts'),
  lightLab('setup-stops', 'fresh', {}, 'test/lab/setup/stops.test.ts'),
  lightLab('setup-rhel', 'fresh', {}, 'test/lab/setup/rhel.test.ts'),
  lightLab('cli', 'hardened', {}, 'test/lab/cases/cli.test.ts'),
  lab('hazards-hardened', 'hardened', {}, 'test/lab/hazards/hardened.test.ts'),
  lightLab('lab', 'bare', {}, 'test/lab/selftest/inside/*.test.ts', 'test/lab/configFiles/*.test.ts'),
  lightLab('lab-documented', 'documented', {}, 'test/lab/selftest/documented/*.test.ts'),
  lightLab('lab-capsule', 'outside', {}, 'test/lab/selftest/outside/*.test.ts'),
  ...FAULTS_UNWRITABLE,
];
