import * as vscode from 'vscode';
import type { Log } from '../../core/ports';
import { InventoryQuickFixes } from '../inventory/quickFixes';
import type { ConfigFileExaminer } from '../services';
import { ConfigFileDiagnostics } from './diagnostics';

/** Wider than the kinds: a quick fix is offered only where a finding of ours is. */
const FILES: vscode.DocumentSelector = { pattern: '**/*.{conf,cnf,lua,sh}' };

/** Diagnostics and quick fixes of configuration files. They ask no host and run no program. */
export function registerConfigFiles(
  examiner: () => Promise<ConfigFileExaminer>,
  log: Log,
): vscode.Disposable {
  const diagnostics = new ConfigFileDiagnostics(examiner, log);
  return vscode.Disposable.from(
    diagnostics,
    vscode.languages.registerCodeActionsProvider(FILES, new InventoryQuickFixes(diagnostics), {
      providedCodeActionKinds: InventoryQuickFixes.kinds,
    }),
  );
}
