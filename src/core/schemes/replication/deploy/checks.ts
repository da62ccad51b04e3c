import { secretNames } from '../../../plan/placeholders';
import type { CheckResult } from '../../../plan/plan';
import { access } from '../checks/access';
import { operationUnfinished } from '../checks/operationUnfinished';
import { profileMismatch } from '../checks/profileMismatch';
import { resources } from '../checks/resources';
import { rolesAgree } from '../checks/rolesAgree';
import { threads } from '../checks/threads';
import { vipHolders } from '../checks/vipHolders';
import { type Check, passed, runCheck, verdict } from '../operation/check';
import { type DeployContext, fileName } from './context';

const compared: Check<DeployContext> = {
  id: 'files-compared',
  title: 'Every chosen file was compared with what its host has',
  level: 'block',
  run({ chosen, files }) {
    if (chosen.length === 0) {
      return {
        outcome: 'fired',
        evidence: [`${files.length} files compared, none chosen that differs`],
        remedy: 'There is nothing to deploy.',
      };
    }
    const against = chosen
      .filter(({ drift }) => drift.kind === 'unknown')
      .map(({ file, drift }) => `${fileName(file)} ${drift.text}`);
    return verdict(against, 'Mend what is named, or leave this file out.', [
      `${chosen.length} of ${files.length} files are to be deployed`,
    ]);
  },
};

/** Names alone are looked at here; a value that is no single line is refused on the way to the host. */
export const secrets: Check<DeployContext> = {
  id: 'secrets',
  title: 'The secrets of the chosen files are known here',
  level: 'block',
  run({ chosen, secretsAvailable }) {
    const names = neededSecrets(chosen.map(({ file }) => file.content));
    const against = names
      .filter((name) => !secretsAvailable.includes(name))
      .map((name) => `${name} has no value`);
    return verdict(against, 'Set them, then plan again.', [
      names.length === 0 ? 'no file needs one' : `${names.join(', ')}: set`,
    ]);
  },
};

/** A file of both controllers that is deployed to one: they would differ in what they must say alike. */
const both: Check<DeployContext> = {
  id: 'both-controllers',
  title: 'What both controllers must have alike goes to both',
  level: 'acknowledge',
  run({ chosen, files, source, target }) {
    const pair = [source.name, target.name];
    const isChosen = (host: string, path: string): boolean =>
      chosen.some(({ file }) => file.host === host && file.path === path);
    const against = files
      .filter(({ file, drift }) => pair.includes(file.host) && drift.kind !== 'same')
      .filter(({ file }) => !isChosen(file.host, file.path))
      .filter(({ file }) => pair.some((host) => host !== file.host && isChosen(host, file.path)))
      .map(({ file }) => `${fileName(file)} differs too, and is left out`);
    return verdict(against, 'Choose it on both controllers, or say why one is to differ.', [
      'no file is left out on one of them',
    ]);
  },
};

const takesEffect: Check<DeployContext> = {
  id: 'takes-effect',
  title: 'What counts at once, and what only later',
  level: 'inform',
  run({ chosen }) {
    const later = [...new Set(chosen.flatMap(({ file }) => LATER[file.group] ?? []))];
    return later.length === 0
      ? passed('everything counts once its daemon has read it')
      : {
          outcome: 'fired',
          evidence: later,
          remedy: 'Nothing is restarted for it: choose the time yourself.',
        };
  },
};

/** By group: what a deployment does not do by itself. */
const LATER: Readonly<Record<string, readonly string[]>> = {
  mysql: [
    'MySQL reads its file at its next start. Dynamic options can be set before by SET GLOBAL; a deployment sets none, and never restarts MySQL.',
  ],
  cmon: ['cmon reads cmon.cnf and its defaults at its next start.'],
};

/** The words of a promotion that don't fit a deployment. */
function reworded(check: Check, remedy: string): Check<DeployContext> {
  return {
    ...check,
    run: (context) => {
      const seen = check.run(context);
      return seen.outcome === 'fired' ? { ...seen, remedy } : seen;
    },
  };
}

const CHECKS: readonly Check<DeployContext>[] = [
  operationUnfinished,
  reworded(
    access,
    'A deployment needs both controllers: what one of them misses, the next promotion would meet.',
  ),
  rolesAgree,
  reworded(
    profileMismatch,
    'Moving a pair to another profile is an operation of its own ("Harden"): these files alone would leave two ways of moving the VIP. Until then set `profile` to what the hosts are.',
  ),
  vipHolders,
  threads,
  compared,
  both,
  secrets,
  resources,
  takesEffect,
];

export function neededSecrets(contents: readonly string[]): string[] {
  return [...new Set(contents.flatMap((content) => [...secretNames(content)]))];
}

export function deployChecks(context: DeployContext): CheckResult[] {
  return CHECKS.map((check) => runCheck(check, context));
}
