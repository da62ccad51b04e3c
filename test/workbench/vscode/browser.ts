import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const ARGS = [
  // Chromium's sandbox refuses root; every page it opens here is ours.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A page that was answered by a route counts as foreign to 127.0.0.1 otherwise.
  '--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets',
];

/** `CHROMIUM_EXECUTABLE`, an installed one, or Debian's package, installed now. */
export function findChromium(): string {
  const given = process.env['CHROMIUM_EXECUTABLE'];
  if (given) {
    return given;
  }
  const present = CANDIDATES.find((file) => existsSync(file));
  if (present) {
    return present;
  }
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) {
    throw new Error('No Chromium here: set CHROMIUM_EXECUTABLE, or install the package `chromium`.');
  }
  console.log("installing Debian's chromium");
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  execFileSync('apt-get', ['-qq', 'update'], { stdio: 'inherit', env });
  execFileSync(
    'apt-get',
    ['-qq', '-y', '--no-install-recommends', 'install', 'chromium', 'fonts-dejavu-core'],
    { stdio: ['ignore', 'ignore', 'inherit'], env },
  );
  return '/usr/bin/chromium';
}

export interface BrowserOptions {
  readonly headless?: boolean;
  /** The caller ends the browser on a signal. Default: Playwright does, and ends the whole process with it. */
  readonly leaveSignals?: boolean;
}

export async function launchBrowser(options: BrowserOptions = {}): Promise<Browser> {
  const handle = !options.leaveSignals;
  return chromium.launch({
    executablePath: findChromium(),
    args: ARGS,
    headless: options.headless ?? true,
    handleSIGINT: handle,
    handleSIGTERM: handle,
    handleSIGHUP: handle,
  });
}
