import assert from 'node:assert/strict';
import { fits, stumblingBlocks, tabStops } from '../../runbook/accessible';
import { worstContrast } from '../../runbook/contrast';
import { OTHER_PAGES } from '../../runbook/otherPages';
import { PageSession, stateOf } from '../../runbook/pageSession';
import { scenarios } from '../../runbook/scenarios';
import { STATES } from '../../runbook/states';
import { pictureFailures } from '../../session';
import type { Theme } from '../../vscode/settings';

/** Between them these have every part of the page: the other themes draw the same parts in other colours. */
const IN_OTHER_THEMES = [
  'plan',
  'blocked',
  'acknowledge',
  'running',
  'undoing',
  'silent',
  'problem',
  'gone',
  'done',
  'refused',
  'undone',
  'undo-owed',
];
const THEMES: readonly Theme[] = ['light', 'dark', 'highContrast'];
/** `live` plays a run and is none of its states. */
const names = [...Object.keys(scenarios).filter((name) => name !== 'live'), ...OTHER_PAGES];

describe('every state of the runbook page', () => {
  let session: PageSession;
  pictureFailures(() => (session === undefined ? [] : [session.workbench]));

  before(async () => {
    session = await PageSession.start();
  });
  afterEach(async () => {
    await session.workbench.command('View: Close All Editors');
    assert.deepEqual(session.takeRefused(), [], 'refused by the content security policy');
  });
  after(() => session?.stop());

  it('is described: none is left out', () => {
    assert.deepEqual([...names].sort(), Object.keys(STATES).sort());
  });

  for (const theme of THEMES) {
    describe(`in the ${theme} theme`, () => {
      before(() => session.workbench.setTheme(theme));

      for (const [name, { word, offers, says, bare }] of Object.entries(STATES)) {
        if (theme !== 'light' && !IN_OTHER_THEMES.includes(name)) continue;
        it(`${name}: ${word}, and it can be read`, async () => {
          const page = await session.show(name);
          if (word !== '') await stateOf(page).filter({ hasText: word }).waitFor();
          const { ratio, text } = await worstContrast(page);
          assert.ok(ratio >= 4.5, `"${text}" has a contrast of ${ratio.toFixed(2)}`);
          await session.workbench.screenshot(`runbook-${name}-${theme}`);
          if (theme !== 'light') return;
          const offered = await page.locator('.bar vscode-button').allInnerTexts();
          assert.deepEqual(
            offered.map((label) => label.trim()),
            offers,
          );
          if (says) assert.match((await page.locator('body').innerText()).replaceAll(/\s+/g, ' '), says);
          assert.deepEqual(await stumblingBlocks(page, bare ? ['main'] : undefined), []);
        });
      }
    });
  }

  describe('by keyboard', () => {
    before(() => session.workbench.setTheme('light'));

    for (const name of ['acknowledge', 'running', 'undo-owed']) {
      it(`${name}: Tab goes through it from top to bottom`, async () => {
        const page = await session.show(name);
        const places = await tabStops(session.workbench.page, page, 25);
        assert.ok(places.length > 8, places.join());
        assert.deepEqual(
          places,
          [...places].sort((a, b) => a - b),
        );
      });
    }
  });

  describe('where there is little room', () => {
    before(async () => {
      await session.workbench.setTheme('dark');
      await session.workbench.page.setViewportSize({ width: 360, height: 800 });
    });
    after(() => session.workbench.page.setViewportSize({ width: 1280, height: 1000 }));

    for (const name of names) {
      it(`${name}: needs no sideways scrolling and hides nothing`, async () => {
        const { width, over, hidden } = await fits(await session.show(name));
        assert.ok(width <= 320, `the page is ${width} px wide`);
        assert.equal(over, 0);
        assert.deepEqual(hidden, [], 'beyond the edge');
        await session.workbench.screenshot(`runbook-${name}-narrow`);
      });
    }
  });

  describe('the replay of a run that has ended', () => {
    before(() => session.workbench.setTheme('light'));

    it('goes from moment to moment by keyboard, says each aloud, and ends where it began', async () => {
      const page = await session.show('undone');
      await page.getByRole('button', { name: 'Replay' }).click();
      await stateOf(page).getByText('Confirmed by ada@console').waitFor();
      await page.locator('#polite').filter({ hasText: 'Confirmed by ada@console.' }).waitFor();
      assert.deepEqual(await stumblingBlocks(page), []);
      const slider = page.getByRole('slider', { name: 'Moment' });
      await slider.focus();
      await slider.press('End');
      await stateOf(page).getByText('The end: undone').waitFor();
      await slider.press('Home');
      await stateOf(page).getByText('Confirmed by ada@console').waitFor();
      for (let moment = 2; moment <= 12; moment++) {
        await page.getByRole('button', { name: 'Next' }).click();
        await stateOf(page).getByText(`Moment ${moment} of`).waitFor();
      }
      await page.getByText(/Abort would have undone/).waitFor();
      await session.workbench.screenshot('runbook-replay-light');
      await page.getByRole('button', { name: 'End Replay' }).click();
      await stateOf(page).filter({ hasText: 'Undone' }).waitFor();
      await page.locator('#state:focus').waitFor();
    });

    it('plays by itself, and stands when told', async () => {
      const page = await session.show('done');
      await page.getByRole('button', { name: 'Replay' }).click();
      await page.getByRole('button', { name: 'Play', exact: true }).click();
      // A moment stays for a quarter of a second: on a busy machine the next look may find a later one.
      await stateOf(page)
        .getByText(/Moment ([4-9]|\d\d) of/)
        .waitFor();
      await page.getByRole('button', { name: 'Pause' }).click();
      await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
      await session.workbench.setTheme('highContrast');
      await session.workbench.screenshot('runbook-replay-highContrast');
      const { ratio, text } = await worstContrast(page);
      assert.ok(ratio >= 4.5, `"${text}" has a contrast of ${ratio.toFixed(2)}`);
    });
  });
});
