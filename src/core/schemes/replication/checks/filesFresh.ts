import { valueOf } from '../../../observe/fact';
import { staleSinceMs } from '../../../observe/syncedFiles';
import type { PromoteContext } from '../operation/context';
import { type Check, need, needAnswer, verdict, type Verdict } from '../operation/check';
import { DRY_RUN_TOO_LONG, readDryRun } from './asked/dryRun';
import { ASKED } from './asked/questions';

const time = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** Where the trees are too large for a dry run in three seconds, the newest files are compared. */
function byTimes({ seen, source, target }: PromoteContext): Verdict {
  const missing = { known: false, reason: 'no probe has asked for it', atMs: 0, source: 'find' } as const;
  const here = need(seen.source.files ?? missing, source.name, 'the age of the copied files');
  const there = need(seen.target.files ?? missing, target.name, 'the age of the copied files');
  const since = staleSinceMs(here, there);
  return verdict(
    since === undefined ? [] : [`${target.name} lacks files that ${source.name} changed at ${time(since)}`],
    `Look into lsyncd's log on ${source.name}.`,
    [`${source.name}: too many files for a dry run in 3 s; the newest that rests is on ${target.name}, too`],
  );
}

/**
 * The promotion brings files over by itself. That much is missing now says that lsyncd does not do its work, and a failover
 * tonight would go by old files; what the standby alone has is deleted by the pass.
 */
export const filesFresh: Check = {
  id: 'files-fresh',
  title: "The standby's files are as new as the primary's",
  level: 'acknowledge',
  run(context) {
    const { answers, source, target, seen } = context;
    const answer = answers[ASKED.dryRun];
    if (answer?.answered === true && answer.exitCode === DRY_RUN_TOO_LONG) return byTimes(context);
    const { stale, extra, shown } = readDryRun(needAnswer(context, ASKED.dryRun, source.name));
    const lsyncd = valueOf(seen.source.lsyncd);
    const against = [
      ...(stale > 0
        ? [`${stale} files of ${source.name} rest for a minute and differ on ${target.name}`]
        : []),
      ...(extra > 0 ? [`${extra} files are on ${target.name} alone: bringing files over deletes them`] : []),
      ...(stale + extra > 0 ? shown : []),
    ];
    const delays = lsyncd?.delays === undefined ? '' : `, ${lsyncd.delays} delays`;
    const reported =
      lsyncd?.reportedAtMs === undefined
        ? ''
        : `; its last report is of ${time(lsyncd.reportedAtMs)}${delays}`;
    return verdict(
      against.length === 0
        ? []
        : [...against, `lsyncd ${lsyncd?.running === true ? 'runs' : 'does not run'}${reported}`],
      `Read /var/log/lsyncd.log on ${source.name}: can it log in to ${target.name}, has that room? A restart of lsyncd brings everything over. What ${target.name} alone has and is wanted must be copied to ${source.name} first.`,
      [`a dry run from ${source.name} to ${target.name} finds nothing that rests and differs${reported}`],
    );
  },
};
