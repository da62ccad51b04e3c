import { type Check, passed, verdict } from '../../operation/check';
import type { SetupContext } from '../context';
import { controllers, factsOf } from './facts';

/** CLONE needs 8.0.17 (MySQL manual, "The Clone Plugin"). */
const LEAST_MYSQL = [8, 0, 17] as const;

export const packages: Check<SetupContext> = {
  id: 'packages',
  title: 'What is lacking can be installed',
  level: 'block',
  run(context) {
    const against = controllers(context).flatMap(({ name }) =>
      factsOf(context, name)
        .lacking.filter(({ candidate }) => candidate === undefined)
        .map(({ program, package: one }) => `${name} lacks ${program}, and no package ${one} is known there`),
    );
    const lacking = controllers(context).map(({ name }) => {
      const names = factsOf(context, name).lacking.map(({ package: one }) => one);
      return names.length === 0
        ? `${name}: nothing is lacking`
        : `${name}: ${names.join(', ')} will be installed`;
    });
    return verdict(
      against,
      'Add a repository that has them and refresh its lists (apt-get update; dnf makecache), or install the program by hand. What is there already is respected.',
      lacking,
    );
  },
};

export const mysqlVersion: Check<SetupContext> = {
  id: 'mysql-version',
  title: 'MySQL is the same on both, and new enough for CLONE',
  level: 'block',
  run(context) {
    const versions = controllers(context).map(({ name }) => {
      const { mysqld, lacking } = factsOf(context, name);
      const candidate = lacking.find(({ program }) => program === 'mysqld')?.candidate;
      return { name, version: mysqld ?? candidate?.replace(/^\d+:/, '') ?? '' };
    });
    const known = versions.filter(({ version }) => version !== '');
    const series = new Set(known.map(({ version }) => version.split('.').slice(0, 2).join('.')));
    const against = [
      ...known
        .filter(({ version }) => isOlder(version))
        .map(({ name, version }) => `${name}: MySQL ${version} has no CLONE`),
      ...(series.size > 1 ? [known.map(({ name, version }) => `${name} ${version}`).join(', ')] : []),
    ];
    return verdict(against, 'Bring both to one release from 8.0.17 on.', [
      known.length === 0
        ? 'no MySQL yet'
        : known.map(({ name, version }) => `${name}: ${version}`).join('; '),
    ]);
  },
};

function isOlder(version: string): boolean {
  const parts = version.split(/[.-]/).map(Number);
  for (const [index, least] of LEAST_MYSQL.entries()) {
    const part = parts[index] ?? 0;
    if (Number.isNaN(part) || part > least) return false;
    if (part < least) return true;
  }
  return false;
}

export const clusterControl: Check<SetupContext> = {
  id: 'clustercontrol',
  title: 'ClusterControl is installed',
  level: 'inform',
  run(context) {
    const lacking = controllers(context).filter(({ name }) => !factsOf(context, name).cmonThere);
    if (lacking.length === 0) return passed('its services are on both controllers');
    return {
      outcome: 'fired',
      evidence: lacking.map(({ name }) => `${name} has no cmon`),
      remedy:
        'Its installer is yours to run, with your answers. The plan says when, waits for it, and goes on by itself.',
    };
  },
};
