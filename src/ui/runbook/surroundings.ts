import * as vscode from 'vscode';
import { planOnPaper } from '../../core/plan/paper';
import type { Plan } from '../../core/plan/plan';
import { saveMarkdown } from '../documents/markdown';
import type { Surroundings } from './intents';

/** The real editor: native modal, clipboard, files. */
export function editorSurroundings(showLog: () => void): Surroundings {
  return {
    confirm: confirmPlan,
    confirmTakeOver,
    copy: async (text) => vscode.env.clipboard.writeText(text),
    save: saveMarkdown,
    showLog,
    onPaper: planOnPaper,
  };
}

/** Names hosts and consequence; the button says what it does. Escape is no. */
async function confirmPlan(plan: Plan): Promise<boolean> {
  const { question, detail, verb } = plan.confirmation;
  const chosen = await vscode.window.showWarningMessage(question, { modal: true, detail }, verb);
  return chosen === verb;
}

async function confirmTakeOver(who: string): Promise<boolean> {
  const verb = vscode.l10n.t('Take Over');
  const detail = vscode.l10n.t(
    'The token is raised on both hosts first. The other one can do nothing more on this site, and what it was doing is verified.',
  );
  const chosen = await vscode.window.showWarningMessage(who, { modal: true, detail }, verb);
  return chosen === verb;
}
