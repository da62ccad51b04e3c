import * as vscode from 'vscode';
import { formatAge } from '../age';
import type { PastRun } from '../services';

/** How an operation stands, in a word. */
export function runWord({ running, end }: Pick<PastRun, 'running' | 'end'>): string {
  if (running) return vscode.l10n.t('running');
  switch (end) {
    case 'done':
      return vscode.l10n.t('done');
    case 'refused':
      return vscode.l10n.t('refused');
    case 'undone':
      return vscode.l10n.t('undone');
    case 'undo-owed':
      return vscode.l10n.t('undo owed');
    case 'unfinished':
      return vscode.l10n.t('unfinished');
    case undefined:
      return vscode.l10n.t('without an end');
  }
}

/** The same with its age, for rows and picks. */
export function runDescription(run: PastRun, nowMs: number): string {
  const age = formatAge(nowMs - run.startedAtMs);
  return run.running
    ? vscode.l10n.t('running for {0}', age)
    : vscode.l10n.t('{0} · {1} ago', runWord(run), age);
}
