// The only file that knows the webview toolkit. docs/decisions/0001-webview-toolkit.md says how to leave it.
// The tag and the badge are left out: their template holds an inline style, which the page's policy refuses.
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeProgressRing,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';

/** Registers the elements that the views use: `vscode-button`, `-checkbox`, `-progress-ring`, `-text-field`. */
export function registerToolkit(): void {
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodeCheckbox(),
    vsCodeProgressRing(),
    vsCodeTextField(),
  );
}
