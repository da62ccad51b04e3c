import { type Check, need, verdict } from '../operation/check';

function series(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}

function lower(a: string, b: string): boolean {
  const numbers = (version: string): number[] =>
    version
      .split(/[^0-9]+/)
      .filter(Boolean)
      .map(Number);
  const [x, y] = [numbers(a), numbers(b)];
  for (let i = 0; i < 3; i += 1) {
    if ((x[i] ?? 0) !== (y[i] ?? 0)) {
      return (x[i] ?? 0) < (y[i] ?? 0);
    }
  }
  return false;
}

/** The old primary will replicate from the target: an older server must not be the source of a newer one. */
export const versions: Check = {
  id: 'versions',
  title: 'Both run MySQL of one series',
  level: 'block',
  run({ seen, source, target }) {
    const a = need(seen.source.mysql, source.name, 'MySQL').version;
    const b = need(seen.target.mysql, target.name, 'MySQL').version;
    const against: string[] = [];
    if (series(a) !== series(b)) {
      against.push(`${source.name} runs ${a}, ${target.name} ${b}`);
    } else if (lower(b, a)) {
      against.push(`${target.name} runs ${b}, older than ${source.name} with ${a}`);
    }
    return verdict(against, 'Bring both servers to one version, the standby first.', [`both run ${a}`]);
  },
};
