import { type Check, need, needAnswer, passed, verdict } from '../operation/check';
import { readCmon } from './asked/cmon';
import { ASKED } from './asked/questions';

export function series(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}

/** Whether `a` is older than `b`. */
export function lower(a: string, b: string): boolean {
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
  title: 'Both run MySQL of one series, and the same ClusterControl',
  level: 'block',
  run(context) {
    const { seen, source, target } = context;
    const a = need(seen.source.mysql, source.name, 'MySQL').version;
    const b = need(seen.target.mysql, target.name, 'MySQL').version;
    const against: string[] = [];
    if (series(a) !== series(b)) {
      against.push(`${source.name} runs ${a}, ${target.name} ${b}`);
    } else if (lower(b, a)) {
      against.push(`${target.name} runs ${b}, older than ${source.name} with ${a}`);
    }
    if (against.length > 0) {
      return verdict(against, 'Bring both servers to one version, the standby first.', []);
    }
    const here = readCmon(needAnswer(context, ASKED.cmonSource, source.name)).packages;
    const there = readCmon(needAnswer(context, ASKED.cmonTarget, target.name)).packages;
    const differ = [
      ...here.filter((one) => !there.includes(one)).map((one) => `${source.name} alone has ${one}`),
      ...there.filter((one) => !here.includes(one)).map((one) => `${target.name} alone has ${one}`),
    ];
    // An older cmon on a newer schema of its database is what nobody has tried.
    return differ.length > 0
      ? verdict(differ, `Install the same packages of ClusterControl on ${target.name}.`, [], 'acknowledge')
      : passed(
          `both run MySQL ${a}`,
          `both have ${here.length} packages of ClusterControl in the same versions`,
        );
  },
};
