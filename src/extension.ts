import * as vscode from 'vscode';
import { systemClock } from './adapters/clock';
import type { EditorEngine } from './compose/editor';
import { HostKeyQuestions } from './ui/hostKeys';
import { lazyService } from './ui/lazyService';
import { ChannelLog } from './ui/log';
import { Redactor } from './ui/redact';
import { registerUi } from './ui/register';
import { LazyRunbookPanels } from './ui/lazyRunbookPanels';
import { EditorSecrets } from './ui/secrets';
import { Settings } from './ui/settings';
import { workspaceTrust } from './ui/trust';

/** The composition point: builds the parts and joins them. What knows machines loads on first use. */
export function activate(context: vscode.ExtensionContext): void {
  const redactor = new Redactor();
  const log = new ChannelLog(redactor);
  const settings = new Settings();
  const secrets = new EditorSecrets(context.secrets, redactor);
  const hostKeys = new HostKeyQuestions();

  let loading: Promise<EditorEngine> | undefined;
  const engine = (): Promise<EditorEngine> => (loading ??= load());
  const load = async (): Promise<EditorEngine> => {
    const { composeEditor } = await import('./compose/editor');
    return composeEditor({
      bundleFolder: vscode.Uri.joinPath(context.extensionUri, 'dist').fsPath,
      clock: systemClock,
      log,
      access: workspaceTrust,
      secrets,
      ensureSecrets: (names, site) => secrets.ensure(names, site),
      askHostKey: hostKeys.prompt,
      sshConfigFile: () => settings.sshConfigFile(),
      hooks: () => settings.hooks(),
      siteNamed: (name) => ui.siteNamed(name),
      show: (controller, replay) => void panels.show(controller, replay),
      begun: () => ui.operationBegun(),
      ended: (plan, end) => {
        if (end === 'done') void ui.siteNamed(plan.site).then((site) => secrets.takeNext(plan.secrets, site));
        ui.operationEnded();
      },
    });
  };

  const panels = new LazyRunbookPanels(
    context.extensionUri,
    () => log.show(),
    async (key) => (await engine()).restorer.restore(key),
  );
  const ui = registerUi({
    context,
    reader: async () => (await import('./compose/inventoryReader')).inventoryReader,
    configFiles: async () => (await import('./compose/configFileExaminer')).configFileExaminer,
    service: lazyService(async () => (await engine()).service),
    hostReader: async () => (await engine()).hostReader,
    launcher: async () => (await engine()).launcher,
    clock: systemClock,
    log,
    redactor,
    secrets,
    settings,
    hostKeys,
  });
  context.subscriptions.push(log, ui, panels, { dispose: async () => (await loading)?.close() });
}
