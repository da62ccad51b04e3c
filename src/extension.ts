import type * as vscode from 'vscode';
import { systemClock } from './adapters/clock';
import { ChannelLog } from './ui/log';
import { Redactor } from './ui/redact';
import { registerUi } from './ui/register';
import { EditorSecrets } from './ui/secrets';
import { Settings } from './ui/settings';

/** The composition point: builds the parts and joins them. Heavy modules load on first use. */
export function activate(context: vscode.ExtensionContext): void {
  const redactor = new Redactor();
  const log = new ChannelLog(redactor);
  const settings = new Settings();
  const secrets = new EditorSecrets(context.secrets, redactor);
  const notYet = () => Promise.reject(new Error('Not composed yet.'));
  context.subscriptions.push(
    log,
    registerUi({
      context,
      reader: () => Promise.resolve({ read: () => Promise.resolve({ sites: [], findings: [] }) }),
      service: { observe: notYet, files: notYet, targets: notYet, disconnect: () => Promise.resolve() },
      launcher: notYet,
      clock: systemClock,
      log,
      redactor,
      secrets,
      settings,
    }),
  );
}
