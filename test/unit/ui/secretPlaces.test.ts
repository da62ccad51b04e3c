import assert from 'node:assert/strict';
import { type OpenWindow, placesToWrite, valueOf } from '../../../src/ui/secretPlaces';

const FOLDER: OpenWindow = { workspaceFile: undefined, folders: ['file:///a'] };
const TWO: OpenWindow = { workspaceFile: 'untitled:1', folders: ['file:///a', 'file:///ab'] };
const SAVED: OpenWindow = { ...TWO, workspaceFile: 'file:///both.code-workspace' };

describe('places of secrets', () => {
  /** Writes from one window, then reads from another. */
  async function carried(from: OpenWindow, file: string, to: OpenWindow): Promise<string | undefined> {
    const kept = new Map(placesToWrite(from, [file]).map((place) => [place, 'made here']));
    return valueOf(to, (place) => Promise.resolve(kept.get(place)));
  }

  it('stay within reach when a folder is added, when the workspace is saved, and on the way back', async () => {
    const windows = [FOLDER, TWO, SAVED];
    for (const from of windows)
      for (const to of windows)
        assert.equal(await carried(from, 'file:///a/clustercontrol.yaml', to), 'made here');
  });

  it('are not given to a folder that was beside theirs, nor to one whose name begins like theirs', async () => {
    const beside: OpenWindow = { workspaceFile: undefined, folders: ['file:///ab'] };
    assert.equal(await carried(SAVED, 'file:///a/clustercontrol.yaml', beside), undefined);
    assert.equal(await carried(FOLDER, 'file:///a/clustercontrol.yaml', beside), undefined);
  });

  it('of two folders that do not agree: what the window itself has', async () => {
    const kept: Readonly<Record<string, string>> = { 'file:///a': 'one', 'file:///ab': 'other' };
    const valueAt = (place: string): Promise<string | undefined> => Promise.resolve(kept[place]);
    assert.equal(await valueOf(TWO, valueAt), undefined);
    const own = (place: string): Promise<string | undefined> =>
      Promise.resolve(place === 'untitled:1' ? 'own' : kept[place]);
    assert.equal(await valueOf(TWO, own), 'own');
  });

  it('a window without a folder has its own', async () => {
    const nothing: OpenWindow = { workspaceFile: undefined, folders: [] };
    assert.equal(await carried(nothing, 'untitled:x', nothing), 'made here');
  });
});
