import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { VscodeServer } from './server';

export interface PageOptions {
  /** Folder or `.code-workspace` file; absent: an empty window. */
  readonly folder?: string;
  /** A development extension to load. Absent where the server has it installed. */
  readonly extension?: string;
  /** The bundled suite that the extension host runs. */
  readonly tests?: string;
  readonly width?: number;
  readonly height?: number;
}

const CONFIGURATION = /(id="vscode-workbench-web-configuration" data-settings=")([^"]*)(")/;

/**
 * The server writes the workbench's configuration into the page; development options are added there.
 * (`--enable-smoke-test-driver` does it too, but hides every notification.)
 */
async function addDevelopmentOptions(
  context: BrowserContext,
  server: VscodeServer,
  options: PageOptions,
): Promise<void> {
  const remote = (file: string): object => ({
    scheme: 'vscode-remote',
    authority: `127.0.0.1:${server.port}`,
    path: file,
  });
  const development = {
    ...(options.extension && { extensions: [remote(options.extension)] }),
    ...(options.tests && { extensionTestsPath: remote(options.tests) }),
  };
  await context.route(
    (url) => url.origin === server.origin && url.pathname === '/',
    async (route) => {
      const response = await route.fetch();
      const body = await response.text();
      if (!CONFIGURATION.test(body)) {
        throw new Error('the workbench page has another shape than expected');
      }
      const changed = body.replace(CONFIGURATION, (_, before: string, json: string, after: string) => {
        const settings = JSON.parse(json.replaceAll('&quot;', '"').replaceAll('&amp;', '&')) as {
          developmentOptions?: object;
        };
        settings.developmentOptions = { ...settings.developmentOptions, ...development };
        return before + JSON.stringify(settings).replaceAll('&', '&amp;').replaceAll('"', '&quot;') + after;
      });
      await route.fulfill({ response, body: changed });
    },
  );
}

/** Address of the workbench with this folder; also what a person opens in his own browser. */
export function workbenchUrl(server: VscodeServer, folder?: string): string {
  const token = server.token === undefined ? '' : `&tkn=${server.token}`;
  if (!folder) {
    return `${server.origin}/?ew=true${token}`;
  }
  const kind = folder.endsWith('.code-workspace') ? 'workspace' : 'folder';
  return `${server.origin}/?${kind}=${encodeURIComponent(folder)}${token}`;
}

/** A browser page that shows VS Code. Nothing that it asks for leaves the machine. */
export async function openPage(browser: Browser, server: VscodeServer, options: PageOptions): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
  });
  await context.route(
    (url) =>
      url.protocol.startsWith('http') && url.hostname !== '127.0.0.1' && !url.hostname.endsWith('.localhost'),
    (route) => route.abort(),
  );
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.origin });
  if (options.extension) {
    await addDevelopmentOptions(context, server, options);
  }
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  return page;
}
