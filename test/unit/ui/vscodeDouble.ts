// What the user interface asks of the editor, for tests without its process. Load this before the module that is tested.
import Module from 'node:module';

/** Keeps what its constructor was given. */
class Value {
  readonly given: readonly unknown[];
  constructor(...given: readonly unknown[]) {
    this.given = given;
  }
}

class TreeItem {
  constructor(readonly label: string) {}
}

class ThemeIcon {
  constructor(
    readonly id: string,
    readonly color?: unknown,
  ) {}
}

class EventEmitter<T> {
  private readonly listeners = new Set<(value: T) => void>();
  readonly event = (listener: (value: T) => void): { dispose(): void } => {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  };
  fire(value: T): void {
    for (const listener of this.listeners) listener(value);
  }
  dispose(): void {
    this.listeners.clear();
  }
}

function unexpected(name: string): never {
  throw new Error(`nobody expected ${name}`);
}

/** A test puts its own functions into these; `reset` takes them out again. */
export const editor = {
  window: {} as Record<string, unknown>,
  workspace: {} as Record<string, unknown>,
  reset(): void {
    for (const part of [editor.window, editor.workspace]) {
      for (const name of Object.keys(part)) delete part[name];
    }
  },
};

/** A member that no test has put there is a failure that names it. */
const strict = (part: Record<string, unknown>, name: string): unknown =>
  new Proxy(part, { get: (own, key) => own[String(key)] ?? unexpected(`${name}.${String(key)}`) });

const EDITOR = {
  ...{ TreeItem, ThemeIcon, EventEmitter, ThemeColor: Value, MarkdownString: Value },
  ProgressLocation: { Window: 'window', Notification: 'notification' },
  Uri: { parse: (text: string) => ({ path: text, toString: () => text }) },
  window: strict(editor.window, 'window'),
  workspace: strict(editor.workspace, 'workspace'),
  l10n: {
    t: (text: string, ...values: readonly unknown[]) =>
      text.replace(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)])),
  },
};

const loader = Module as unknown as { _load(request: string, ...rest: readonly unknown[]): unknown };
const load = loader._load.bind(loader);
loader._load = (request, ...rest) => (request === 'vscode' ? EDITOR : load(request, ...rest));
