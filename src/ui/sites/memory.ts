import type * as vscode from 'vscode';
import type { SiteMemory } from '../tree/lastKnown';
import type { MemoryStore } from './monitor';

const PREFIX = 'lastKnown.';

/** Last known states in the workspace's own storage. Another format is ignored. */
export class WorkspaceMemory implements MemoryStore {
  constructor(private readonly state: vscode.Memento) {}

  get(site: string): SiteMemory | undefined {
    const memory = this.state.get<SiteMemory>(PREFIX + site);
    return memory?.format === 1 ? memory : undefined;
  }

  set(site: string, memory: SiteMemory): void {
    void this.state.update(PREFIX + site, memory);
  }
}
