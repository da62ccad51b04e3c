import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { SecretStore } from '../core/ports';
import { nextSecret } from '../core/inventory/secretNames';
import { secretAccounts } from './inventory/secretNames';
import type { Redactor } from './redact';

/**
 * Values of `{ secret: name }` in the editor's SecretStorage. It is shared by all windows, so each value is kept under
 * the workspace's own address: a name in one customer's folder never yields another customer's password.
 */
export class EditorSecrets implements SecretStore {
  constructor(
    private readonly storage: vscode.SecretStorage,
    private readonly redactor: Redactor,
  ) {}

  /** Never asks: background work must stay quiet. */
  async get(name: string): Promise<string | undefined> {
    const value = await this.storage.get(key(name));
    if (value !== undefined) {
      this.redactor.learn(value);
    }
    return value;
  }

  /** Asks for a value and keeps it. What it is for is read from `sites`. False when the operator gave none. */
  async ask(name: string, sites: unknown): Promise<boolean> {
    const value = await vscode.window.showInputBox({
      title: title(name, secretAccounts(sites, name)),
      prompt: vscode.l10n.t('Kept in the secret storage of this editor, never in a file of the workspace.'),
      password: true,
      ignoreFocusOut: true,
      validateInput: (text) =>
        text.includes('\0') ? vscode.l10n.t('A NUL byte cannot be used.') : undefined,
    });
    if (value === undefined || value === '') {
      return false;
    }
    this.redactor.learn(value);
    await this.storage.store(key(name), value);
    return true;
  }

  /** Makes strong values and keeps them: letters, digits, `-` and `_`, which every file and statement takes as they are. */
  async generate(names: readonly string[]): Promise<void> {
    for (const name of names) {
      const value = randomBytes(24).toString('base64url');
      this.redactor.learn(value);
      await this.storage.store(key(name), value);
    }
  }

  /** A rotation has ended: what it kept under `NAME.next` counts under NAME from here on. Other names are left alone. */
  async takeNext(names: readonly string[]): Promise<void> {
    for (const name of names.filter((one) => names.includes(nextSecret(one)))) {
      const value = await this.storage.get(key(nextSecret(name)));
      if (value === undefined) continue;
      await this.storage.store(key(name), value);
      await this.storage.delete(key(nextSecret(name)));
    }
  }

  /** Asks for those that are missing. False as soon as one is not given. */
  async ensure(names: readonly string[], sites: unknown): Promise<boolean> {
    for (const name of names) {
      if ((await this.get(name)) === undefined && !(await this.ask(name, sites))) {
        return false;
      }
    }
    return true;
  }

  /** Those of `names` that have a value. */
  async available(names: readonly string[]): Promise<string[]> {
    const values = await Promise.all(names.map((name) => this.get(name)));
    return names.filter((_, index) => values[index] !== undefined);
  }
}

/** An operator knows accounts; the name of a secret is only a handle in the inventory. */
function title(name: string, accounts: readonly string[]): string {
  if (accounts.length === 0) return vscode.l10n.t('Secret "{0}"', name);
  const users = accounts.map((user) => `'${user}'`).join(', ');
  return vscode.l10n.t('Password of the MySQL account {0} (secret {1})', users, name);
}

function key(name: string): string {
  const { workspaceFile, workspaceFolders } = vscode.workspace;
  return `${(workspaceFile ?? workspaceFolders?.[0]?.uri ?? '').toString()} ${name}`;
}
