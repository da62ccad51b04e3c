import assert from 'node:assert/strict';
import { NO_HOOKS } from '../../../src/core/operate/hooks';
import { OperatorError } from '../../../src/core/errors';
import {
  digestDifference,
  planId,
  preparePlan,
  type PrepareDeps,
} from '../../../src/core/operate/preparePlan';
import { askQuestions } from '../../../src/core/operate/questions';
import type { Site } from '../../../src/core/inventory/site';
import type { CommandResult, HostCommand } from '../../../src/core/ports';
import { promote } from '../../../src/core/schemes/replication/promote/operation';
import type { Operation, PlanQuestion } from '../../../src/core/schemes/scheme';
import { AT_MS, exampleSite, observed } from '../observation';
import { VirtualClock } from '../run/world/virtualClock';

const PASSWORD = 'pass$word';

type Reply = (host: string, command: HostCommand) => Partial<CommandResult> | Promise<Partial<CommandResult>>;

/** What was asked, in its order. */
function asking(reply: Reply, secrets: Readonly<Record<string, string>> = { 'dc1-repl': PASSWORD }) {
  const story: string[] = [];
  const commands: HostCommand[] = [];
  const deps: PrepareDeps = {
    hooks: NO_HOOKS,
    usualTimes: () => Promise.resolve(new Map()),
    clock: Object.assign(new VirtualClock(), { nowMs: () => AT_MS }),
    observe: () => {
      story.push('observed');
      return Promise.resolve(observed());
    },
    compareFiles: () => Promise.resolve([]),
    unfinishedRuns: () => Promise.resolve([{ runId: 'run-3', end: undefined }]),
    secrets: { get: (name) => Promise.resolve(secrets[name]) },
    sessions: {
      get: (host) =>
        Promise.resolve({
          host,
          run: async (command) => {
            story.push(`asked ${host}`);
            commands.push(command);
            return { exitCode: 0, stdout: '', stderr: '', durationMs: 1, ...(await reply(host, command)) };
          },
          writeFile: () => Promise.reject(new Error('a plan writes nothing')),
          close: () => Promise.resolve(),
        }),
      close: () => Promise.resolve(),
    },
  };
  return { deps, story, commands };
}

const request = {
  site: exampleSite() as Site,
  operation: promote as unknown as Operation<Site>,
  target: 'cc2',
  mode: 'planned',
  operator: 'ann@desk',
  nonce: 'ab12',
};

const question = (more: Partial<PlanQuestion> = {}): PlanQuestion => ({
  id: 'q',
  host: 'cc1',
  script: 'true',
  timeoutMs: 3_000,
  ...more,
});

const unreachable = (): never => {
  throw new OperatorError({ code: 'host-unreachable', what: 'no route', host: 'cc1', state: '', next: '' });
};

describe('making a plan', () => {
  it('looks first and asks the primary afterwards: the other order sees false errant transactions', async () => {
    const { deps, story } = asking(() => ({}));
    const plan = await preparePlan(deps, request);
    assert.equal(story[0], 'observed');
    assert.ok(story.includes('asked cc1') && story.includes('asked cc2'));
    assert.equal(plan.id, 'dc1-promote-cc2-20260921T141320Z-ab12');
    assert.equal(plan.createdAtMs, AT_MS);
    assert.match(plan.checks.find(({ id }) => id === 'operation-unfinished')?.evidence.join() ?? '', /run-3/);
    assert.equal(plan.checks.find(({ id }) => id === 'secrets')?.outcome, 'passed');
  });

  it('without a secret: the question is not asked, and the plan says what is missing', async () => {
    const { deps, commands } = asking(() => ({}), {});
    const plan = await preparePlan(deps, request);
    assert.equal(plan.checks.find(({ id }) => id === 'secrets')?.outcome, 'fired');
    assert.equal(plan.checks.find(({ id }) => id === 'reverse-login')?.outcome, 'unknown');
    assert.equal(
      commands.some(({ stdin }) => stdin !== undefined),
      false,
    );
  });

  it('an id is safe as the name of a file', () => {
    const wild = { ...request, site: { ...request.site, name: '../dc 1' }, target: 'a/b' };
    assert.match(planId(wild, AT_MS), /^[A-Za-z0-9._-]+$/);
  });
});

describe('questions', () => {
  it('a password goes by standard input alone, and out of nothing that is kept', async () => {
    const { deps, commands } = asking((_, { stdin }) => ({
      stdout: `got ${stdin}`,
      stderr: `bad ${PASSWORD}`,
    }));
    const { q } = await askQuestions(deps, [question({ secretLine: 'dc1-repl' })]);
    assert.deepEqual(q, { answered: true, exitCode: 0, stdout: 'got ***\n', stderr: 'bad ***' });
    assert.equal(commands[0]?.stdin, `${PASSWORD}\n`);
    assert.equal(commands[0]?.script.includes(PASSWORD), false);
  });

  it('a password of two lines would be read in part: it is not sent', async () => {
    const { deps, story } = asking(() => ({}), { two: 'a\nb' });
    const { q } = await askQuestions(deps, [question({ secretLine: 'two' })]);
    assert.deepEqual(q, { answered: false, reason: 'the secret two is not set, or not one line' });
    assert.deepEqual(story, []);
  });

  it('a host that is away hides no other answer', async () => {
    const { deps } = asking((host) => (host === 'cc1' ? unreachable() : { stdout: 'here' }));
    const answers = await askQuestions(deps, [question(), question({ id: 'other', host: 'cc2' })]);
    assert.deepEqual(answers['q'], { answered: false, reason: 'no route' });
    assert.deepEqual(answers['other'], { answered: true, exitCode: 0, stdout: 'here', stderr: '' });
  });

  it('a fault of the program is not taken for an answer of a host', async () => {
    const { deps } = asking(() => {
      throw new TypeError('a bug');
    });
    await assert.rejects(askQuestions(deps, [question()]), TypeError);
  });
});

describe('the digest', () => {
  it('names the lines that are different now, and nothing while all is the same', () => {
    const before = promote.digest(exampleSite(), observed());
    assert.deepEqual(digestDifference(before, promote.digest(exampleSite(), observed())), []);
    const now = promote.digest(
      exampleSite(),
      observed(({ cc2 }) => Object.assign(cc2.mysql, { superReadOnly: false, gtidExecuted: 'moved on' })),
    );
    assert.deepEqual(digestDifference(before, now), ['cc2.read_only=false']);
  });
});
