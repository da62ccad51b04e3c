import assert from 'node:assert/strict';
import type { CheckLevel, CheckResult, Plan } from '../../../src/core/plan/plan';
import { whyNot } from '../rejoin/looks';
import type { Lab } from '../lab';
import type { HostName } from '../site';
import { waitFor } from '../wait';

/** One thing that is really broken on a host, and the check that must say so. */
export interface Trouble {
  readonly check: string;
  readonly level: CheckLevel;
  readonly on: HostName;
  /** Breaks it, at the host's console as root. Empty: what another trouble of the group breaks is enough. */
  readonly make: string;
  /** Takes it back; safe to run twice. */
  readonly mend: string;
  /** What the operator reads. */
  readonly says: RegExp;
}

export const sql = (statements: string): string => `echo "${statements}" | mysql`;

const fired = (plan: Plan, { check, level, says }: Trouble): boolean =>
  plan.checks.some(
    (one) =>
      one.id === check &&
      one.outcome === 'fired' &&
      one.level === level &&
      says.test(one.evidence.join('\n')),
  );

function told({ id, level, outcome, evidence }: CheckResult): string {
  return `${id} [${level}] ${outcome}: ${evidence.join('; ')}`;
}

/** The guards mend much of it within seconds: what a plan says meanwhile is the question here. */
export async function withoutGuards(
  lab: Lab,
  hosts: readonly HostName[],
  act: () => Promise<void>,
): Promise<void> {
  const each = (what: string) =>
    Promise.all(hosts.map((host) => lab.mustConsole(host, `systemctl ${what} clustercontrol-ha-guard`)));
  await each('stop');
  try {
    await act();
  } finally {
    await each('start');
  }
}

/** Breaks all of it, sees each check fire in one plan with its level and text, and mends all of it, whatever happened. */
export async function eachFires(
  lab: Lab,
  troubles: readonly Trouble[],
  plan: () => Promise<Plan>,
): Promise<void> {
  let last: Plan | undefined;
  const made: Trouble[] = [];
  try {
    for (const trouble of troubles) {
      made.unshift(trouble);
      if (trouble.make !== '') await lab.mustConsole(trouble.on, trouble.make);
    }
    await waitFor('each check to fire', 60_000, async () => {
      last = await plan();
      const now = last;
      return troubles.every((trouble) => fired(now, trouble));
    }).catch(() => undefined);
  } finally {
    for (const { on, mend } of made) if (mend !== '') await lab.mustConsole(on, mend);
  }
  assert.ok(last);
  const seen = last;
  const silent = troubles.filter((trouble) => !fired(seen, trouble)).map(({ check }) => check);
  assert.deepEqual(silent, [], seen.checks.map(told).join('\n'));
  const mute = seen.checks.filter(({ outcome, remedy }) => outcome !== 'passed' && remedy === '');
  assert.deepEqual(mute, [], 'each says what to do');
}

/** What was broken is whole again: none of its checks has anything to say. */
export async function noneFires(troubles: readonly Trouble[], plan: () => Promise<Plan>): Promise<void> {
  let last: Plan | undefined;
  await waitFor('a plan without these checks', 60_000, async () => {
    last = await plan();
    const open = new Set(troubles.map(({ check }) => check));
    return last.checks.every(({ id, outcome }) => !open.has(id) || outcome === 'passed');
  }).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${last === undefined ? '' : whyNot(last)}`, { cause: error });
  });
}
