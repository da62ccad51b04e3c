import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { Messenger } from '../../shared/messenger';
import type { HostMessage, PageIntent } from '../../shared/protocol';
import type { RunController } from './controller';
import { Feed } from './feed';
import { pageHtml } from './html';
import type { Surroundings } from './intents';
import { Intents } from './intents';
import { Throttle } from './throttle';

/** Twenty pictures a second are more than anyone reads. */
const SEND_EVERY_MS = 50;

/** The folder of the page's script, style and font, under the extension's own. */
export function pageRoot(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
}

/** Puts the page into a panel, without anything to show yet. */
export function fillPanel(panel: vscode.WebviewPanel, extensionUri: vscode.Uri): void {
  const root = pageRoot(extensionUri);
  const uri = (name: string) => panel.webview.asWebviewUri(vscode.Uri.joinPath(root, name)).toString();
  panel.webview.options = { enableScripts: true, localResourceRoots: [root] };
  panel.webview.html = pageHtml({
    cspSource: panel.webview.cspSource,
    nonce: randomBytes(16).toString('base64url'),
    scriptUri: uri('main.js'),
    styleUri: uri('main.css'),
    title: panel.title,
  });
}

/** One operation in one panel. Closing the panel ends nothing: the run goes on, and can be opened again. */
export class RunbookPanel implements vscode.Disposable {
  private readonly intents: Intents;
  private readonly feed: Feed;
  private readonly messenger: Messenger<PageIntent, HostMessage>;
  private readonly throttle = new Throttle(SEND_EVERY_MS, () => this.send());
  private readonly subscriptions: { dispose(): void }[];
  private loaded = false;
  private replayWhenLoaded = false;

  constructor(
    readonly panel: vscode.WebviewPanel,
    readonly controller: RunController,
    surroundings: Surroundings,
    onClosed: () => void,
  ) {
    this.intents = new Intents(
      controller,
      surroundings,
      (all) => this.tell(all),
      (message) => this.messenger.tell(message),
    );
    this.feed = new Feed(controller, () => this.intents.acknowledged());
    this.messenger = new Messenger(
      (message) => void panel.webview.postMessage(message),
      (intent) => this.intents.answer(intent),
    );
    this.subscriptions = [
      panel.webview.onDidReceiveMessage((message) => void this.messenger.receive(message)),
      controller.onDidChange(() => this.throttle.request()),
      panel.onDidDispose(() => {
        this.dispose();
        onClosed();
      }),
    ];
  }

  reveal(): void {
    this.panel.reveal();
  }

  /** Shows the run from its first moment on, as soon as the page is there. */
  replay(): void {
    this.replayWhenLoaded = !this.loaded;
    if (this.loaded) void this.intents.answer({ type: 'replay', moment: 0 });
  }

  dispose(): void {
    this.throttle.cancel();
    for (const subscription of this.subscriptions) subscription.dispose();
    this.controller.dispose();
  }

  private tell(all: boolean): void {
    if (all) {
      this.loaded = true;
      this.feed.reset();
    }
    this.throttle.flush();
    if (all && this.replayWhenLoaded) this.replay();
  }

  private send(): void {
    // Before its script runs the page would lose what is sent; it says `ready` and is told everything.
    if (!this.loaded) return;
    for (const message of this.feed.next(Date.now())) this.messenger.tell(message);
    this.panel.title = this.controller.plan().title;
  }
}
