import type { RunbookKey } from '../src/shared/protocol';

/** What the page keeps for itself across a reload. `key` lets the host find the operation again. */
export interface Kept {
  readonly key: RunbookKey | undefined;
  /** Sections that the operator opened or closed, by id. */
  readonly open: Readonly<Record<string, boolean>>;
  /** Reasons typed and not yet recorded, by check id. */
  readonly drafts: Readonly<Record<string, string>>;
  /** Undefined: shown in a plan; in a run only where something happens. */
  readonly showCommands: boolean | undefined;
  readonly follow: boolean;
}

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: Kept): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const nothingKept: Kept = { key: undefined, open: {}, drafts: {}, showCommands: undefined, follow: true };

/** The editor behind the page. May be acquired once a page. */
export class Host {
  private readonly api = acquireVsCodeApi();

  post(message: unknown): void {
    this.api.postMessage(message);
  }

  kept(): Kept {
    return { ...nothingKept, ...(this.api.getState() as Partial<Kept> | undefined) };
  }

  keep(kept: Kept): void {
    this.api.setState(kept);
  }
}
