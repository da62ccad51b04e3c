// Puts VS Code, and with `--browser` a Chromium, on this machine where they are missing. A program of its own: the
// installers block their process, and the lab boots meanwhile.
import { findChromium } from '../workbench/vscode/browser';
import { installWebBuild } from '../workbench/vscode/install';

installWebBuild();
if (process.argv.includes('--browser')) findChromium();
