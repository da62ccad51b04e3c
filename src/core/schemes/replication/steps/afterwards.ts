import { type Step } from '../../../plan/plan';
import { shellQuote } from '../../../quote';
import { LSYNCD_START } from './files';
import { noProcess, reopened, type StepKit, unleased } from './kit';
import { REMNANTS_SHOWN, remnants } from './remnants';

const FLOWS = {
  word: 'lsyncd running',
  script: `systemctl is-active --quiet lsyncd || bad="$bad; lsyncd does not run"`,
};
const RESTS = {
  word: 'lsyncd resting',
  script: `${noProcess('lsyncd')} || bad="$bad; lsyncd runs"`,
};

/** The last look: what an operator would check by hand before he goes back to bed. */
export function lookAtNewPrimary(
  kit: StepKit,
  needs: readonly string[],
  files: 'flow' | 'rest' = 'flow',
): Step {
  // Where files rest, a guard starts lsyncd by itself as soon as the other host is a standby of this epoch.
  const lsyncd = files === 'flow' ? FLOWS : kit.context.method === 'role-flag' ? undefined : RESTS;
  const vip = shellQuote(` ${kit.context.site.vip}/`);
  // What a power cut of this host ended behind the step that started it. An lsyncd that runs is left alone by it.
  const { shown, ...mend } = reopened(kit, files === 'flow' ? `{ ${LSYNCD_START}; }` : undefined);
  return {
    id: 'look-new-primary',
    title: `${kit.target} is the primary in every respect`,
    host: kit.target,
    why: `Writable, holding the address, one cmon, ${lsyncd === undefined ? '' : `${lsyncd.word}, `}replicating from nobody.`,
    phase: 'after',
    needs,
    shown: [
      'SELECT @@GLOBAL.super_read_only;',
      'ip -4 addr',
      'pgrep -x cmon',
      ...(lsyncd === undefined ? [] : ['systemctl is-active lsyncd']),
      ...shown,
    ],
    ...mend,
    act: unleased(
      [
        `bad=`,
        `[ "$(echo 'SELECT @@GLOBAL.super_read_only + @@GLOBAL.read_only' | ${kit.mysql})" = 0 ] || bad="$bad; MySQL is read-only"`,
        `ip -4 -o addr | grep -qF -e ${vip} || bad="$bad; the virtual IP is not here"`,
        `[ "$(pgrep -cx cmon)" = 1 ] || bad="$bad; $(pgrep -cx cmon) processes named cmon"`,
        ...(lsyncd === undefined ? [] : [lsyncd.script]),
        `[ -z "$bad" ] || { echo "\${bad#; }" >&2; exit 1; }`,
      ].join('\n'),
      10_000,
    ),
    danger: 'none',
    usualMs: 40,
  };
}

export function lookAtNewStandby(kit: StepKit, needs: readonly string[]): Step {
  return {
    id: 'look-new-standby',
    title: `${kit.source} is a standby in every respect`,
    host: kit.source,
    why: 'Read-only, without the address and its rewriting, no cmon, no lsyncd.',
    phase: 'after',
    needs,
    shown: REMNANTS_SHOWN,
    act: unleased(
      [
        `bad=`,
        `[ "$(echo 'SELECT @@GLOBAL.super_read_only' | ${kit.mysql})" = 1 ] || bad="$bad; MySQL is writable"`,
        ...remnants(kit),
        `[ -z "$bad" ] || { echo "\${bad#; }" >&2; exit 1; }`,
      ].join('\n'),
      10_000,
    ),
    danger: 'none',
    usualMs: 40,
  };
}
