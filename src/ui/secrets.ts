import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { nextSecret } from '../core/inventory/secretNames';
import type { Site } from '../core/inventory/site';
import type { SecretStore } from '../core/ports';
import { secretAccounts, secretNames } from './inventory/secretNames';
import type { Redactor } from './redact';
import { type OpenWindow, placesToWrite, valueOf } from './secretPlaces';

/**
 * Values of `{ secret: name }` in the editor's SecretStorage. It is shared by all windows, so each value is kept under
 * the addresses of its workspace and folder: a name in one customer's folder never yields another customer's password,
 * and a folder that is opened in another workspace finds its own.
 */
export class EditorSecrets implements SecretStore {
  constructor(
    private readonly storage: vscode.SecretStorage,
    private readonly redactor: Redactor,
  ) {}

  /** Never asks: background work must stay quiet. */
  async get(name: string): Promise<string | undefined> {
    const value = await valueOf(openWindow(), (place) => this.storage.get(key(place, name)));
    if (value !== undefined) {
      this.redactor.learn(value);
    }
    return value;
  }

  /** Asks for a value and keeps it for those of `sites` that name it. False when the operator gave none. */
  async ask(name: string, sites: readonly Site[]): Promise<boolean> {
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
    const using = sites.filter((site) => secretNames(site).includes(name));
    await this.keep(name, value, using.length > 0 ? using : sites);
    return true;
  }

  /** Makes strong values and keeps them: letters, digits, `-` and `_`, which every file and statement takes as they are. */
  async generate(names: readonly string[], site: Site): Promise<void> {
    for (const name of names) await this.keep(name, randomBytes(24).toString('base64url'), [site]);
  }

  /** A rotation has ended: what it kept under `NAME.next` counts under NAME from here on. Other names are left alone. */
  async takeNext(names: readonly string[], site: Site | undefined): Promise<void> {
    for (const name of names.filter((one) => names.includes(nextSecret(one)))) {
      const value = await this.get(nextSecret(name));
      if (value === undefined) continue;
      const sites = site === undefined ? [] : [site];
      await this.keep(name, value, sites);
      for (const place of places(sites)) await this.storage.delete(key(place, nextSecret(name)));
    }
  }

  /** Asks for those that are missing. False as soon as one is not given. */
  async ensure(names: readonly string[], site: Site): Promise<boolean> {
    for (const name of names) {
      if ((await this.get(name)) === undefined && !(await this.ask(name, [site]))) {
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

  private async keep(name: string, value: string, sites: readonly Site[]): Promise<void> {
    this.redactor.learn(value);
    for (const place of places(sites)) await this.storage.store(key(place, name), value);
  }
}

/** An operator knows accounts; the name of a secret is only a handle in the inventory. */
function title(name: string, accounts: readonly string[]): string {
  if (accounts.length === 0) return vscode.l10n.t('Secret "{0}"', name);
  const users = accounts.map((user) => `'${user}'`).join(', ');
  return vscode.l10n.t('Password of the MySQL account {0} (secret {1})', users, name);
}

function openWindow(): OpenWindow {
  const { workspaceFile, workspaceFolders = [] } = vscode.workspace;
  return {
    workspaceFile: workspaceFile?.toString(),
    folders: workspaceFolders.map(({ uri }) => uri.toString()),
  };
}

function places(sites: readonly Site[]): readonly string[] {
  return placesToWrite(
    openWindow(),
    sites.map(({ file }) => file),
  );
}

function key(place: string, name: string): string {
  return `${place} ${name}`;
}
