import { type Check, need, verdict } from '../operation/check';

/** lsyncd deletes what its source lacks. On the standby it would wipe the primary's newer files (measured). */
export const lsyncdDirection: Check = {
  id: 'lsyncd-direction',
  title: 'Files flow from the primary to the standby',
  level: 'block',
  run({ seen, source, target }) {
    const onSource = need(seen.source.lsyncd, source.name, 'lsyncd');
    const onTarget = need(seen.target.lsyncd, target.name, 'lsyncd');
    const against: string[] = [];
    if (onTarget.running) {
      against.push(`lsyncd runs on the standby ${target.name}: it would overwrite ${source.name}`);
    }
    if (!onSource.running) {
      against.push(
        `lsyncd does not run on ${source.name}: nobody knows how old the files on ${target.name} are`,
      );
    }
    return verdict(
      against,
      `lsyncd must run on ${source.name} only: stop it on ${target.name} first, then start it on ${source.name}.`,
      [`lsyncd runs on ${source.name}, towards ${onSource.targets.join(', ')}`],
    );
  },
};
