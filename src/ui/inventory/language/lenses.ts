import * as vscode from 'vscode';
import type { Lens } from '../../../core/inventory/language/lenses';
import { COMMANDS } from '../../ids';
import { inventoryLanguage } from './lazyLanguage';
import { rangeIn } from './ranges';

/** Commands of a site above its name, and above keepalived's keys who will hold the VIP. */
export class InventoryLenses implements vscode.CodeLensProvider {
  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const language = await inventoryLanguage();
    const lenses = language.lenses(document.uri.toString(), document.getText());
    return lenses.flatMap((lens) => {
      const range = rangeIn(document, lens.at);
      return commandsOf(lens, document.uri).map((command) => new vscode.CodeLens(range, command));
    });
  }
}

function commandsOf(lens: Lens, uri: vscode.Uri): vscode.Command[] {
  if (lens.kind === 'election') {
    // A click shows the whole table: the hover of the key.
    return [
      {
        command: COMMANDS.showElection,
        title: vscode.l10n.t('VIP: {0}', lens.line),
        tooltip: vscode.l10n.t('Simulated election of keepalived. A click shows every event.'),
        arguments: [{ file: uri.toString(), offset: lens.at.start }],
      },
    ];
  }
  if (!lens.usable) {
    return [
      {
        command: COMMANDS.checkInventory,
        title: vscode.l10n.t('$(error) Has errors: see Problems'),
      },
    ];
  }
  const offered: vscode.Command[] = [
    {
      command: COMMANDS.generateFiles,
      title: vscode.l10n.t('Render'),
      tooltip: vscode.l10n.t('Generate the configuration files of {0}', lens.site),
      arguments: [lens.site],
    },
  ];
  if (!vscode.workspace.isTrusted) {
    return offered;
  }
  const all: Readonly<Record<string, string>> = COMMANDS;
  const compare = all['compareWithHosts'];
  if (compare !== undefined) {
    offered.push({
      command: compare,
      title: vscode.l10n.t('Compare with Hosts'),
      tooltip: vscode.l10n.t('Show where the hosts of {0} have something else', lens.site),
      arguments: [lens.site],
    });
  }
  offered.push({
    command: COMMANDS.refresh,
    title: vscode.l10n.t('Probe'),
    tooltip: vscode.l10n.t('Ask the hosts of {0} now', lens.site),
    arguments: [lens.site],
  });
  return offered;
}
