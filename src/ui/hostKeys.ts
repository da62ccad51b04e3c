import * as vscode from 'vscode';
import type { HostKeyPrompt, HostKeyQuestion } from '../adapters/ssh/hostKey';

/**
 * Asks about a host that no known_hosts file names. One question at a time; a refusal holds for this window, so that
 * the next refresh doesn't ask again. `askAgain` forgets refusals: the operator asked for a refresh himself.
 */
export class HostKeyQuestions {
  private queue: Promise<unknown> = Promise.resolve();
  private readonly refused = new Set<string>();

  readonly prompt: HostKeyPrompt = (question) => {
    const answer = this.queue.then(() => this.ask(question));
    this.queue = answer.catch(() => undefined);
    return answer;
  };

  askAgain(): void {
    this.refused.clear();
  }

  private async ask(question: HostKeyQuestion): Promise<boolean> {
    const id = `${question.hostname}:${question.port} ${question.fingerprint}`;
    if (this.refused.has(id)) {
      return false;
    }
    const accept = vscode.l10n.t('Trust {0}', question.host);
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t('The host key of {0} is not known.', question.host),
      {
        modal: true,
        detail: [
          vscode.l10n.t('{0}, port {1}', question.hostname, String(question.port)),
          `${question.keyType} ${question.fingerprint}`,
          vscode.l10n.t("Compare it with the host's own: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub"),
          vscode.l10n.t('A yes is written to {0}.', question.file),
        ].join('\n'),
      },
      accept,
    );
    if (answer !== accept) {
      this.refused.add(id);
    }
    return answer === accept;
  }
}
