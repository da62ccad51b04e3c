// Puts VS Code's server and web workbench, and a Node for it, into the cache. `tsx test/workbench/vscode/install.ts`
import { execFile, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { CODE_SERVER, findWebBuild, NODE, VSCODE, webBuildDir, type WebBuild } from './versions';

const execute = promisify(execFile);
const RUNTIME = path.join(__dirname, 'runtime');

/** Built-in extensions that no test of ours touches; they are two thirds of the size. */
const LEFT_OUT = [
  'copilot',
  'mermaid-markdown-features',
  'microsoft-authentication',
  'ms-vscode.js-debug',
  'ms-vscode.vscode-js-profile-table',
  'ms-vscode.js-debug-companion',
];

async function call(program: string, args: readonly string[], cwd: string): Promise<void> {
  try {
    await execute(program, args, { cwd, maxBuffer: 64 << 20 });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${program} ${args.join(' ')} failed\n${stdout ?? ''}\n${stderr ?? ''}`, {
      cause: error,
    });
  }
}

const npm = (args: readonly string[], cwd: string): Promise<void> =>
  call('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error', '--engine-strict=false'], cwd);

async function unpackVscode(temporary: string, target: string): Promise<void> {
  await npm(['pack', `code-server@${CODE_SERVER}`], temporary);
  const archive = path.join(temporary, `code-server-${CODE_SERVER}.tgz`);
  const wanted = ['out', 'product.json', 'extensions'].map((name) => `package/lib/vscode/${name}`);
  const excluded = LEFT_OUT.map((name) => `--exclude=package/lib/vscode/extensions/${name}`);
  await call(
    'tar',
    ['xzf', archive, '--strip-components=3', '-C', target, ...excluded, ...wanted],
    temporary,
  );
  rmSync(archive);
}

async function installRuntime(target: string): Promise<void> {
  for (const file of ['package.json', 'package-lock.json']) {
    cpSync(path.join(RUNTIME, file), path.join(target, file));
  }
  await npm(['ci', '--ignore-scripts'], target);
  const modules = path.join(target, 'node_modules');
  cpSync(path.join(RUNTIME, 'spdlog-stand-in.cjs'), path.join(modules, '@vscode/spdlog/index.js'));
  for (const folder of ['@vscode/ripgrep-universal/bin', 'node-pty/prebuilds']) {
    for (const platform of readdirSync(path.join(modules, folder))) {
      if (platform !== `linux-${process.arch}`) {
        rmSync(path.join(modules, folder, platform), { recursive: true });
      }
    }
  }
  await call('find', [modules, '-name', '*.map', '-delete'], target);
}

async function build(): Promise<void> {
  const final = webBuildDir();
  const temporary = `${final}.building-${process.pid}`;
  const target = path.join(temporary, 'vscode');
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  writeFileSync(path.join(temporary, 'package.json'), '{"private":true}');
  try {
    await Promise.all([
      npm(['install', '--ignore-scripts', '--no-save', `node-linux-${process.arch}@${NODE}`], temporary),
      unpackVscode(temporary, target),
      installRuntime(target),
    ]);
    rmSync(path.join(temporary, 'node_modules', `node-linux-${process.arch}`, 'include'), {
      recursive: true,
      force: true,
    });
    writeFileSync(path.join(temporary, 'complete'), `${VSCODE}\n`);
    rmSync(final, { recursive: true, force: true });
    // Only a whole install ever has the final name.
    renameSync(temporary, final);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** The web build from the cache; built first where it is missing. One builds while others wait. */
export function installWebBuild(): WebBuild {
  const present = findWebBuild();
  if (present) {
    return present;
  }
  if (process.platform !== 'linux') {
    throw new Error('The web build of VS Code runs on Linux only: set VSCODE_EXECUTABLE to a VS Code.');
  }
  const started = Date.now();
  console.log(`installing the web build of VS Code ${VSCODE} into ${webBuildDir()}`);
  mkdirSync(path.dirname(webBuildDir()), { recursive: true });
  const lock = `${webBuildDir()}.lock`;
  const { status } = spawnSync('flock', [lock, process.execPath, '--import', 'tsx', __filename], {
    cwd: __dirname,
    stdio: 'inherit',
  });
  const built = findWebBuild();
  if (status !== 0 || !built) {
    throw new Error('The web build of VS Code could not be installed; see the lines above.');
  }
  console.log(`installed in ${((Date.now() - started) / 1000).toFixed(0)} s`);
  return built;
}

if (require.main === module && !existsSync(path.join(webBuildDir(), 'complete'))) {
  build().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
