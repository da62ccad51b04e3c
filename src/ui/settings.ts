import * as vscode from 'vscode';
import { isGeneratedFolder } from './generatedFolder';
import { SETTINGS, SETTINGS_SECTION } from './ids';

/** The settings as values, read when asked: a change holds at once. Defaults stand in package.json. */
export class Settings {
  refreshIntervalMs(): number {
    return this.get<number>(SETTINGS.refreshIntervalSeconds, 15) * 1000;
  }

  /** Undefined: the operator's ~/.ssh/config. */
  sshConfigFile(): string | undefined {
    return this.get<string>(SETTINGS.sshConfigFile, '') || undefined;
  }

  /** The operator's own commands around operations, as they stand in the settings (docs/hooks.md). */
  hooks(): unknown {
    return this.get<unknown>(SETTINGS.hooks, undefined);
  }

  /**
   * Relative to the folder that holds the inventory, and never out of it.
   * @param inventory its folder of the workspace may have a value of its own
   * @throws Error for any other value: a folder that nobody trusts brings its settings along.
   */
  generatedFolder(inventory: vscode.Uri): string {
    const value: unknown = this.get<unknown>(SETTINGS.generatedFolder, 'generated', inventory);
    if (isGeneratedFolder(value)) return value;
    throw new Error(
      vscode.l10n.t(
        'The setting {0} is {1}. Allowed is a folder below that of the inventory, such as "generated" or "out/files": of letters, digits, ".", "_", "-" and "/", not absolute, without "..".',
        `${SETTINGS_SECTION}.${SETTINGS.generatedFolder}`,
        (JSON.stringify(value) ?? '').slice(0, 80),
      ),
    );
  }

  notifyOnChange(): boolean {
    return this.get<boolean>(SETTINGS.notifyOnChange, true);
  }

  turnOffNotifications(): Thenable<void> {
    const section = vscode.workspace.getConfiguration(SETTINGS_SECTION);
    return section.update(SETTINGS.notifyOnChange, false, vscode.ConfigurationTarget.Global);
  }

  /** Calls back when any of ours changes. */
  onDidChange(listener: () => void): vscode.Disposable {
    return vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(SETTINGS_SECTION)) {
        listener();
      }
    });
  }

  private get<T>(name: string, fallback: T, scope?: vscode.Uri): T {
    return vscode.workspace.getConfiguration(SETTINGS_SECTION, scope).get<T>(name, fallback);
  }
}
