import * as vscode from 'vscode';
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

  /** Relative to the folder that holds the inventory. */
  generatedFolder(): string {
    return this.get<string>(SETTINGS.generatedFolder, 'generated');
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

  private get<T>(name: string, fallback: T): T {
    return vscode.workspace.getConfiguration(SETTINGS_SECTION).get<T>(name, fallback);
  }
}
