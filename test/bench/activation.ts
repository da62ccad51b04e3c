import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { copyFixture } from '../workbench/hosts';
import { until } from '../workbench/until';
import { launchBrowser } from '../workbench/vscode/browser';
import { startServer } from '../workbench/vscode/server';
import { Workbench } from '../workbench/workbench';
import type { Amount } from './figures';

const ID = 'clustercontrol-ha.clustercontrol-ha';

/**
 * The packaged extension in the real VS Code: its own account of load and activation ("Developer: Startup Performance"),
 * after a fresh start of the extension host each time. The smallest sum counts: the rest is what else the machine did.
 */
export async function measureActivation(vsix: string, runs: number): Promise<Amount> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'ccha-bench-'));
  const folder = copyFixture('pair', scratch);
  const [server, browser] = await Promise.all([startServer({ vsix }), launchBrowser()]);
  try {
    const workbench = await Workbench.open(browser, server, { folder });
    const sums: number[] = [];
    for (let run = 0; run < runs; run++) {
      if (run > 0) await workbench.reload();
      sums.push(await until('the activation times', () => activationMs(workbench), 60_000));
    }
    return {
      value: Math.min(...sums),
      unit: 'ms',
      method: `load, call and finish of the packaged extension by VS Code's own account; the least of ${runs} fresh extension hosts`,
      goal: 'at most 30 ms',
    };
  } finally {
    await browser.close();
    await server.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Undefined while the extension has not been activated. */
async function activationMs(workbench: Workbench): Promise<number | undefined> {
  await workbench.command('Developer: Startup Performance');
  const { page } = workbench;
  await page.locator('.tab.active', { hasText: 'Startup Performance' }).waitFor();
  await page.locator('.editor-instance .view-line').first().click();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Control+C');
  const text = await page.evaluate<string>('navigator.clipboard.readText()');
  await page.keyboard.press('Control+F4');
  // | Extension | Eager | Load Code | Call Activate | Finish Activate | Event | By |
  const cells = new RegExp(`^\\|[^|\\n]*${ID.replaceAll('.', '\\.')}[^|\\n]*\\|(.*)$`, 'm').exec(text)?.[1];
  const times = (cells?.split('|') ?? [])
    .map((cell) => cell.trim())
    .filter((cell) => /^\d+(\.\d+)?$/.test(cell));
  return times.length < 3 ? undefined : times.slice(0, 3).reduce((sum, time) => sum + Number(time), 0);
}
