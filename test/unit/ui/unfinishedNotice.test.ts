import assert from 'node:assert/strict';
import type { Site } from '../../../src/core/inventory/site';
import type { Log } from '../../../src/core/ports';
import { UnfinishedNotice } from '../../../src/ui/status/unfinishedNotice';
import { exampleSite } from '../observation';

const site = exampleSite() as Site;

function windowOf(trusted: boolean) {
  const asked: string[] = [];
  const told: string[] = [];
  const state = { trusted };
  const notice = new UnfinishedNotice({
    launcher: () =>
      Promise.resolve({
        unfinished: () => Promise.resolve([{ runId: 'run-1', title: 'Promote cc2', detail: '' }]),
        unfinishedElsewhere: (sites) => {
          asked.push(...sites.map(({ name }) => name));
          return Promise.resolve([]);
        },
      }),
    sites: () => [site],
    access: {
      closed: () => (state.trusted ? undefined : { reason: 'not trusted', next: 'trust it' }),
      onDidChange: () => ({ dispose: () => undefined }),
    },
    log: {} as Log,
    tell: async (title, others) => void told.push(`${title} and ${others} more`),
  });
  return { asked, told, state, notice };
}

describe('the notice of operations without an end', () => {
  it('asks the hosts and tells, once a window', async () => {
    const { asked, told, notice } = windowOf(true);
    await notice.look();
    await notice.look();
    assert.deepEqual(asked, ['dc1']);
    assert.deepEqual(told, ['Promote cc2 and 0 more']);
  });

  it('asks no host of a folder that is not trusted, and looks again once it is', async () => {
    const { asked, told, state, notice } = windowOf(false);
    await notice.look();
    assert.deepEqual([asked, told], [[], []]);
    state.trusted = true;
    await notice.look();
    assert.deepEqual(asked, ['dc1']);
    assert.deepEqual(told, ['Promote cc2 and 0 more']);
  });
});
