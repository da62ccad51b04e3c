import { onSite } from '../rule';
import type { StateRule } from '../rule';

export const dualLsyncd: StateRule = {
  code: 'dual-lsyncd',
  severity: 'error',
  part: 'filesync',
  why: 'Each side overwrites and deletes the files of the other.',
  remedy: 'Stop lsyncd on the host that is not the primary, then compare the directories.',
  check(view) {
    const running = view.controllers.filter(({ seen }) => seen.lsyncd.known && seen.lsyncd.value.running);
    if (running.length < 2) return [];
    return [onSite(view, `lsyncd runs on ${running.map(({ name }) => name).join(' and ')}`)];
  },
};
