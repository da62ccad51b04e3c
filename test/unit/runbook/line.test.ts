import assert from 'node:assert/strict';
import type { Answer, PageIntent } from '../../../src/shared/protocol';
import { Messenger } from '../../../src/shared/messenger';
import type { HostMessage } from '../../../src/shared/protocol';
import { Line, NOBODY_ANSWERS } from '../../../webview/line';

const HOUR_MS = 3_600_000;
const TICK_MS = 200;

/** A page on one end; on the other a host that can hang, and hears everything when it wakes. */
function setUp(answer: (intent: PageIntent) => Promise<Answer> | Answer) {
  let nowMs = 0;
  const events: string[] = [];
  const sent: string[] = [];
  const inbox: unknown[] = [];
  const host = { hangs: false };
  const far: Messenger<PageIntent, HostMessage> = new Messenger(
    (message) => line.receive(structuredClone(message)),
    answer,
  );
  const line: Line = new Line({
    post: (message) => {
      const { body } = message as { body: PageIntent };
      sent.push(body.type);
      if (host.hangs) inbox.push(structuredClone(message));
      else void far.receive(structuredClone(message));
    },
    handle: () => ({ type: 'accepted' }),
    nowMs: () => nowMs,
    fellSilent: (sinceMs) => events.push(`silent since ${sinceMs}`),
    answersAgain: () => events.push('answers again'),
  });
  /** As the page does it: time passes in ticks, and what can be answered between two of them is. */
  const pass = async (ms: number, runs = false): Promise<void> => {
    for (const endMs = nowMs + ms; nowMs < endMs; nowMs += TICK_MS) {
      line.listen(runs);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const rest = (ms: number): void => void (nowMs += ms);
  const wake = async (): Promise<void> => {
    host.hangs = false;
    for (const message of inbox.splice(0)) await far.receive(message);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { line, events, sent, host, pass, rest, wake };
}

const accepted: Answer = { type: 'accepted' };
/** Only pings are answered: the operator thinks, or hosts are asked. */
const busy = (intent: PageIntent): Promise<Answer> | Answer =>
  intent.type === 'ping' ? accepted : new Promise<Answer>(() => undefined);

describe('the page when nobody answers a wish', () => {
  it('is told so, though nothing runs: the wish does not wait without end', async () => {
    const { line, events, host, pass, rest } = setUp(() => accepted);
    rest(HOUR_MS);
    host.hangs = true;
    const wish = line.ask({ type: 'confirm' });
    await pass(9_000);
    assert.deepEqual(events, []);
    await pass(1_000);
    assert.deepEqual(events, ['silent since 0']);
    assert.deepEqual(await wish, NOBODY_ANSWERS);
  });

  it('waits as long as pings are answered, for a plan or for the operator himself', async () => {
    const { line, events, sent, pass } = setUp(busy);
    let settled = false;
    void line.ask({ type: 'planAgain' }).then(() => (settled = true));
    await pass(5 * 60_000);
    assert.deepEqual(events, []);
    assert.equal(settled, false);
    assert.ok(sent.length > 60, `${sent.length} messages`);
  });

  it('asks nobody while nothing runs and no wish waits', async () => {
    const { line, events, sent, host, pass } = setUp(() => accepted);
    await pass(60_000);
    assert.deepEqual(sent, []);
    assert.deepEqual(await line.ask({ type: 'openLog' }), accepted);
    host.hangs = true;
    await pass(60_000);
    assert.deepEqual(sent, ['openLog']);
    assert.deepEqual(events, []);
  });

  it('tells of the silence of what runs without a wish, once', async () => {
    const { events, host, pass } = setUp(() => accepted);
    host.hangs = true;
    await pass(11_000, true);
    assert.deepEqual(events, []);
    await pass(60_000, true);
    assert.deepEqual(events, ['silent since 0']);
  });

  it('sends no other wish into a silence, only another ping', async () => {
    const { line, sent, host, pass } = setUp(() => accepted);
    host.hangs = true;
    void line.ask({ type: 'confirm' });
    await pass(20_000);
    sent.length = 0;
    assert.deepEqual(await line.ask({ type: 'retry', intent: 'finish' }), NOBODY_ANSWERS);
    assert.deepEqual(sent, ['ping']);
  });

  it('hears it when somebody answers again, and wishes are sent again', async () => {
    const { line, events, sent, host, pass, wake } = setUp(() => accepted);
    host.hangs = true;
    void line.ask({ type: 'planAgain' });
    await pass(20_000);
    await wake();
    assert.deepEqual(events, ['silent since 0', 'answers again']);
    assert.deepEqual(await line.ask({ type: 'planAgain' }), accepted);
    assert.equal(sent.at(-1), 'planAgain');
    host.hangs = true;
    const again = line.ask({ type: 'confirm' });
    await pass(20_000);
    assert.deepEqual(await again, NOBODY_ANSWERS);
    assert.equal(events.length, 3);
  });

  it('is told of every wish that waits, also of moments of a replay', async () => {
    const { line, host, pass } = setUp(() => accepted);
    host.hangs = true;
    const moments = [1, 2, 3].map((moment) => line.ask({ type: 'replay', moment }));
    await pass(20_000);
    assert.deepEqual(await Promise.all(moments), [NOBODY_ANSWERS, NOBODY_ANSWERS, NOBODY_ANSWERS]);
  });
});
