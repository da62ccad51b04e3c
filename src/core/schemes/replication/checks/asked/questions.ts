import { valueOf } from '../../../../observe/fact';
import type { SiteObservation } from '../../../../observe/host';
import type { PlanQuestion } from '../../../scheme';
import { controllerNamed, otherController } from '../../operation/context';
import type { ReplicationSite } from '../../site';
import { cmonQuestion } from './cmon';
import { guardHeardQuestion } from './guardHeard';
import { dryRunQuestion } from './dryRun';
import { reachQuestion } from './reach';
import { serverQuestion } from './server';
import { workQuestion } from './work';

/** Ids of what the checks ask beyond an observation. */
export const ASKED = {
  serverSource: 'server-source',
  serverTarget: 'server-target',
  cmonSource: 'cmon-source',
  cmonTarget: 'cmon-target',
  work: 'work-source',
  dryRun: 'files-dry-run',
  reach: 'reach-target',
  history: 'history-target',
  guardAtSource: 'guard-at-source',
  guardAtWitness: 'guard-at-witness',
} as const;

/** What can be asked of the host that shall become primary: all there is when the other one is dead. */
export function targetQuestions(site: ReplicationSite, targetName: string): PlanQuestion[] {
  return [
    serverQuestion(ASKED.serverTarget, targetName, site),
    cmonQuestion(ASKED.cmonTarget, targetName),
    reachQuestion(ASKED.reach, targetName, site.prometheus.address),
  ];
}

/** What can be asked while both live. */
export function pairQuestions(
  site: ReplicationSite,
  targetName: string,
  observation: SiteObservation | undefined,
): PlanQuestion[] {
  const target = controllerNamed(site, targetName).name;
  const source = otherController(site, targetName).name;
  const seen = observation?.hosts[source]?.lsyncd;
  const login = seen === undefined ? undefined : valueOf(seen)?.login;
  return [
    ...targetQuestions(site, targetName),
    serverQuestion(ASKED.serverSource, source, site),
    cmonQuestion(ASKED.cmonSource, source),
    guardHeardQuestion(ASKED.guardAtSource, source, target),
    guardHeardQuestion(ASKED.guardAtWitness, site.prometheus.name, target),
    workQuestion(ASKED.work, source),
    dryRunQuestion(ASKED.dryRun, source, target, login, site),
  ];
}
