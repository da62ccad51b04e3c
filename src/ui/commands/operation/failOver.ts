import * as vscode from 'vscode';
import type { OperatorTold } from '../../services';
import { pickSite, pickTarget, requireTrust } from '../pick';
import type { Ui } from '../ui';
import { launch } from './launch';

const OPERATION = 'failover';

/** What may be known of a dead primary. The plan judges it: what is said here opens nothing by itself. */
interface Known extends vscode.QuickPickItem {
  readonly mode: string;
  /** Kind of the attestation that has to be typed; undefined: none. */
  readonly attests: 'powered-off' | 'isolated' | undefined;
}

function choices(old: string): readonly Known[] {
  return [
    {
      label: vscode.l10n.t('Show the evidence first'),
      detail: vscode.l10n.t(
        'Look for {0} from here, from the target and from the witness. Changes nothing.',
        old,
      ),
      mode: 'emergency',
      attests: undefined,
    },
    {
      label: vscode.l10n.t('{0} is powered off', old),
      detail: vscode.l10n.t(
        'You have switched it off, and looked. You are asked to say so in your own words.',
      ),
      mode: 'emergency',
      attests: 'powered-off',
    },
    {
      label: vscode.l10n.t('{0} is cut off from everybody', old),
      detail: vscode.l10n.t('Its own guard closes it; the plan waits until it must have done so.'),
      mode: 'emergency',
      attests: 'isolated',
    },
    {
      label: vscode.l10n.t('The host of {0} lives; its MySQL is dead, or it was closed by hand', old),
      detail: vscode.l10n.t('It is closed over ssh, and its files are brought over.'),
      mode: 'half-way',
      attests: undefined,
    },
  ];
}

/** The operator's own words; they must name the host, so that nobody attests in passing. */
function askWords(old: string, label: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: label,
    prompt: vscode.l10n.t('How do you know? Your words are kept with the plan. They must name {0}.', old),
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.split(/[^\w.-]+/).includes(old) ? undefined : vscode.l10n.t('Name the host: {0}', old),
  });
}

async function told(old: string, title: string): Promise<OperatorTold | undefined> {
  const known = await vscode.window.showQuickPick(choices(old), {
    title,
    placeHolder: vscode.l10n.t('What do you know of {0}?', old),
    matchOnDetail: true,
  });
  if (!known) return undefined;
  if (known.attests === undefined) return { mode: known.mode };
  const words = await askWords(old, known.label);
  return words === undefined ? undefined : { mode: known.mode, attested: { [known.attests]: words } };
}

/** Asks for site, target and what is known of the dead primary; the page then shows the evidence, and the plan. */
export async function failOver(ui: Ui, argument: unknown): Promise<void> {
  requireTrust();
  const site = await pickSite(ui, argument, vscode.l10n.t('Site whose primary is dead'));
  if (!site) return;
  const title = vscode.l10n.t('Fail Over: {0}', site.name);
  const placeHolder = vscode.l10n.t('Host that takes over');
  const picked = await pickTarget(ui, argument, site, OPERATION, { title, placeHolder });
  const old = picked?.all.find(({ host }) => host !== picked.target.host)?.host;
  if (!picked || old === undefined) return;
  const said = await told(old, title);
  if (said) {
    await launch(ui, { site, operation: OPERATION, target: picked.target.host, told: said });
  }
}
