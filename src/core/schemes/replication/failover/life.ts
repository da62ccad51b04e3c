import type { PromoteContext } from '../operation/context';
import { sshPort } from '../site';

/** Ids of the questions by which life is looked for. */
export const LIFE = { operator: 'life-operator', target: 'life-target', witness: 'life-witness' } as const;

/** One place from which the old primary was looked for. */
export interface LifeSeenFrom {
  /** `this machine`, `cc2`, `prom`. */
  readonly from: string;
  /** Why nothing could be asked from there; undefined: it was. */
  readonly unasked: string | undefined;
  /** Words such as `icmp`, `ssh`, `3306 (refused)`: each is proof that the host runs. */
  readonly signs: readonly string[];
  /** What gave no answer. */
  readonly silent: readonly string[];
  /** Seconds since the old primary's own guard last asked there; undefined: never since that host's boot. */
  readonly guardAskedSecondsAgo: number | undefined;
  /** After how many seconds it closes itself, as it said then; 0: never. Undefined where it did not say (an older helper). */
  readonly guardFencesAfterSeconds: number | undefined;
  /** Its wall clock, and by how much that was set since the guard asked there; undefined where it never asked. */
  readonly clock: { readonly nowMs: number; readonly setBySeconds: number } | undefined;
  /** Link address that answers for the VIP there, `here` where the asked host holds it, undefined where nobody does. */
  readonly vipAt: string | undefined;
  /** Whether a default gateway answered; undefined where there is none. */
  readonly gateway: boolean | undefined;
}

export interface Life {
  readonly places: readonly LifeSeenFrom[];
  /** Whether ssh logs in from here. */
  readonly loggedIn: boolean;
}

/** A guard asks every two seconds: one that was heard within this time lives. */
const GUARD_LIVES_SECONDS = 6;

/** Failures to log in that somebody alive has caused. */
const SOMEBODY_ANSWERED = new Set(['host-key-changed', 'host-key-unknown', 'auth-failed', 'sudo-refused']);

type Parts = Pick<PromoteContext, 'site' | 'source' | 'target' | 'seen' | 'answers'>;

export function lifeOf(context: Parts): Life {
  const { site, target, seen } = context;
  const ssh = seen.source.reachable;
  const answered = ssh.known || SOMEBODY_ANSWERED.has(ssh.code ?? '');
  const here = placeOf(context, LIFE.operator, 'this machine');
  const mine: LifeSeenFrom = answered
    ? { ...here, signs: [...here.signs, 'ssh login'] }
    : { ...here, silent: [...here.silent, 'ssh login'] };
  return {
    places: [
      mine,
      placeOf(context, LIFE.target, target.name),
      placeOf(context, LIFE.witness, site.prometheus.name),
    ],
    loggedIn: ssh.known,
  };
}

function portNames({ site, source }: Parts): ReadonlyMap<string, string> {
  return new Map([
    ['9501', 'cmon port 9501'],
    [String(site.mysql.port), `MySQL port ${site.mysql.port}`],
    [String(sshPort(source)), 'ssh port'],
  ]);
}

function placeOf(context: Parts, id: string, from: string): LifeSeenFrom {
  const answer = context.answers[id];
  const names = portNames(context);
  const nothing = {
    ...{ from, signs: [], silent: [], guardAskedSecondsAgo: undefined, guardFencesAfterSeconds: undefined },
    ...{ clock: undefined, vipAt: undefined },
  };
  if (answer?.answered !== true || answer.exitCode !== 0) {
    const why = answer === undefined ? 'not asked' : answer.answered ? answer.stderr.trim() : answer.reason;
    return { ...nothing, unasked: why || 'no answer', gateway: undefined };
  }
  const words = new Map(
    answer.stdout.split('\n').map((line) => {
      const [what = '', said = ''] = line.trim().split(' ');
      return [what, said] as const;
    }),
  );
  const clock = /^clock (\d+) (-?\d+)$/m.exec(answer.stdout);
  const fences = /^guard \d+ (\d+)$/m.exec(answer.stdout)?.[1];
  const signs: string[] = [];
  const silent: string[] = [];
  for (const [what, said] of words) {
    const name = names.get(what) ?? what;
    if (!/^(icmp|arp|\d+)$/.test(what)) continue;
    if (said === 'yes') signs.push(name);
    else if (said === 'refused') signs.push(`${name} (refused by a running host)`);
    else silent.push(name);
  }
  const asked = Number(words.get('guard') ?? Number.NaN);
  const guardAskedSecondsAgo = Number.isFinite(asked) ? asked : undefined;
  if (guardAskedSecondsAgo !== undefined) {
    (guardAskedSecondsAgo <= GUARD_LIVES_SECONDS ? signs : silent).push('guard');
  }
  const vip = words.get('vip');
  const gateway = words.get('gateway');
  return {
    ...{ from, unasked: undefined, signs, silent, guardAskedSecondsAgo },
    guardFencesAfterSeconds: fences === undefined ? undefined : Number(fences),
    clock: clock === null ? undefined : { nowMs: Number(clock[1]) * 1000, setBySeconds: Number(clock[2]) },
    vipAt: vip === undefined || vip === 'none' ? undefined : vip,
    gateway: gateway === undefined || gateway === 'none' ? undefined : gateway === 'yes',
  };
}

/** `cc2: icmp, ssh port` for each place that saw life. */
export function signsOfLife({ places }: Life): readonly string[] {
  return places
    .filter(({ signs }) => signs.length > 0)
    .map(({ from, signs }) => `seen from ${from}: ${signs.join(', ')}`);
}

/** What was asked where without an answer: the evidence of a death. */
export function silences({ places }: Life): readonly string[] {
  return places.map(({ from, unasked, silent }) =>
    unasked === undefined
      ? `no answer to ${from}: ${silent.join(', ')}`
      : `${from} could not ask: ${unasked}`,
  );
}
