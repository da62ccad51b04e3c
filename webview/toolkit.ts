// The only file that knows the webview toolkit. docs/decisions/0001-webview-toolkit.md says how to leave it.
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeProgressRing,
  vsCodeTag,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';

/** Registers the elements that the views use: `vscode-button`, `-checkbox`, `-progress-ring`, `-tag`, `-text-field`. */
export function registerToolkit(): void {
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodeCheckbox(),
    vsCodeProgressRing(),
    vsCodeTag(),
    vsCodeTextField(),
  );
}
