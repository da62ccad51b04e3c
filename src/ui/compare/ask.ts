import * as vscode from 'vscode';
import type { FileComparison } from '../../core/deploy/compare';
import type { Site } from '../../core/inventory/site';
import type { Ui } from '../commands/ui';

/** Compares all files of a site with its hosts, with progress in the status bar. */
export function askHosts(ui: Ui, site: Site): Promise<readonly FileComparison[]> {
  return Promise.resolve(
    vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Window,
        title: vscode.l10n.t('Comparing the files of {0} with its hosts', site.name),
      },
      () => ui.service.compareFiles(site),
    ),
  );
}
