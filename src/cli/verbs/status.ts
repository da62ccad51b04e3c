import type { Options } from '../args';
import { composeCommandLine } from '../compose';
import { EXIT } from '../exitCodes';
import { chooseSite } from '../inventory';
import { findingText, topologyText } from '../text';

/** What the hosts are, now. Findings or anything unknown: exit code 1. */
export async function status(options: Options): Promise<number> {
  const site = await chooseSite(options);
  const parts = composeCommandLine(options);
  try {
    const state = await parts.sites.observe(site);
    if (options.json) {
      console.log(JSON.stringify(state));
    } else {
      console.log(topologyText(state.topology));
      for (const finding of state.findings) console.log(findingText(finding, ''));
    }
    const bad = state.findings.some(({ severity }) => severity !== 'information');
    return bad || state.topology.state === 'unknown' ? EXIT.failed : EXIT.done;
  } finally {
    await parts.close();
  }
}
