import type { HostKeyPrompt } from '../adapters/ssh/hostKey';
import type { Site } from '../core/inventory/site';
import type { Plan, RunEnd } from '../core/plan/plan';
import type { HostAccess } from '../core/operate/hostAccess';
import type { Clock, Log, SecretStore } from '../core/ports';
import type { RunController } from '../ui/runbook/controller';

/** What the composition point of the extension gives. */
export interface EditorParts {
  /** Where the bundles and the on-host helper are. */
  readonly bundleFolder: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly access: HostAccess;
  readonly secrets: SecretStore;
  /** Asks the operator for those that have no value. False when one is not given. */
  ensureSecrets(names: readonly string[], site: Site): Promise<boolean>;
  readonly askHostKey: HostKeyPrompt;
  sshConfigFile(): string | undefined;
  /** Value of the setting with the operator's own commands. */
  hooks(): unknown;
  /** A site of the inventory as it is now. */
  siteNamed(name: string): Promise<Site | undefined>;
  /** Shows the runbook page of an operation. */
  show(controller: RunController, replay?: boolean): void;
  /** A run of this window goes, and stands in its journal. */
  begun(): void;
  /** A run has come to an end: what is known of its site is old, and a new password of it may count alone now. */
  ended(plan: Plan, end: RunEnd): void;
}
