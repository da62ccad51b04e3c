// A small extension that shows the real page with a scripted operation behind it.
import * as vscode from 'vscode';
import { RUNBOOK_VIEW_TYPE } from '../../../../src/ui/ids';
import { RunbookPanels } from '../../../../src/ui/runbook/panels';
import { editorSurroundings } from '../../../../src/ui/runbook/surroundings';
import { scenarios } from '../scenarios';
import { otherPages } from './otherPages';

const SHOWN = 'shown';

export function activate(context: vscode.ExtensionContext): void {
  const channel = vscode.window.createOutputChannel('Runbook Page Test', { log: true });
  const panels = new RunbookPanels(
    context.extensionUri,
    editorSurroundings(() => channel.show()),
    {
      // A run is found again by its journal; here by the name of the scenario that was kept.
      restore: async (key) => {
        const name = context.workspaceState.get<string>(SHOWN);
        return key.runId && name ? scenarios[name]?.() : undefined;
      },
    },
  );
  context.subscriptions.push(
    channel,
    panels,
    vscode.window.registerWebviewPanelSerializer(RUNBOOK_VIEW_TYPE, panels),
    ...Object.entries(otherPages(context.extensionUri, panels)).map(([name, show]) =>
      vscode.commands.registerCommand(`runbookPageTest.${name}`, async () => {
        await context.workspaceState.update(SHOWN, undefined);
        show();
      }),
    ),
    ...Object.entries(scenarios).map(([name, make]) =>
      vscode.commands.registerCommand(`runbookPageTest.${name}`, async () => {
        await context.workspaceState.update(SHOWN, name);
        panels.show(make());
      }),
    ),
  );
}
