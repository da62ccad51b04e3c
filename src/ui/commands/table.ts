import * as vscode from 'vscode';
import { errorSentence, shownError } from '../errors';
import { COMMANDS, type CommandName } from '../ids';
import { compareWithHosts } from './files/compareWithHosts';
import { deploy } from './files/deploy';
import { generateFiles } from './files/generate';
import { harden } from './files/harden';
import { openTerminal } from './host/openTerminal';
import { checkInventory } from './inventory/check';
import { newInventory } from './inventory/create';
import { newInventoryFromHosts } from './inventory/createFromHosts';
import { openInventory } from './inventory/open';
import { showElection } from './inventory/showElection';
import { drill } from './operation/drill';
import { failOver } from './operation/failOver';
import { closeThisHost, reopenThisHost } from './operation/closeThisHost';
import { openRun } from './operation/openRun';
import { prepareAsSecondary } from './operation/prepareAsSecondary';
import { promoteStandby } from './operation/promoteStandby';
import { replayRun } from './operation/replayRun';
import { resumeOperation } from './operation/resume';
import { rotatePasswords } from './operation/rotatePasswords';
import { saveRunReport } from './operation/saveRunReport';
import { setUpPair } from './operation/setUpPair';
import { showDrills } from './operation/showDrills';
import { setSecret } from './secret/set';
import { copyDiagnostics } from './support/copyDiagnostics';
import { explainFinding } from './support/explainFinding';
import { showLog } from './support/showLog';
import { copyValue } from './topology/copyValue';
import { refresh } from './topology/refresh';
import { showTopology } from './topology/show';
import type { Ui } from './ui';

/** `argument` is the tree's row where a command comes from its menu, else undefined. */
type Command = (ui: Ui, argument: unknown) => Promise<unknown>;

const TABLE: Readonly<Record<CommandName, Command>> = {
  promoteStandby,
  failOver,
  prepareAsSecondary,
  closeThisHost,
  reopenThisHost,
  setUpPair,
  rotatePasswords,
  openRun,
  replayRun,
  saveRunReport,
  resumeOperation,
  drill,
  showDrills,
  generateFiles,
  compareWithHosts,
  deploy,
  harden,
  checkInventory,
  newInventory,
  newInventoryFromHosts,
  openInventory,
  showElection,
  refresh,
  showTopology,
  openTerminal,
  copyValue,
  setSecret,
  showLog,
  copyDiagnostics,
  explainFinding,
};

/** Registers every command. What one throws is shown with its next step, and logged. */
export function registerCommands(ui: Ui): vscode.Disposable {
  const names = Object.keys(TABLE) as CommandName[];
  return vscode.Disposable.from(
    ...names.map((name) =>
      vscode.commands.registerCommand(COMMANDS[name], async (argument: unknown) => {
        try {
          return await TABLE[name](ui, argument);
        } catch (error) {
          await report(ui, name, error);
          return undefined;
        }
      }),
    ),
  );
}

async function report(ui: Ui, name: CommandName, error: unknown): Promise<void> {
  const { what, where, state, next } = shownError(error);
  ui.log.error([name, where, what, state, next].filter((part) => part !== '').join(' · '));
  const showLogLabel = vscode.l10n.t('Show Log');
  const answer = await vscode.window.showErrorMessage(ui.redactor.redact(errorSentence(error)), showLogLabel);
  if (answer === showLogLabel) {
    ui.log.show();
  }
}
