export interface PageParts {
  /** `webview.cspSource`. */
  readonly cspSource: string;
  readonly nonce: string;
  readonly scriptUri: string;
  readonly styleUri: string;
  readonly title: string;
}

/**
 * The page before its script runs. Nothing may be loaded but our own script, style and font; nothing inline without
 * the nonce, which the toolkit takes from the meta element. The page speaks English, whatever the editor does: a screen
 * reader reads it with that voice. The live regions stand here, as screen readers
 * only watch those that were there from the start.
 */
export function pageHtml(parts: PageParts): string {
  const nonce = attribute(parts.nonce);
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${attribute(parts.cspSource)} 'nonce-${nonce}'`,
    `font-src ${attribute(parts.cspSource)}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta property="csp-nonce" content="${nonce}">
<title>${attribute(parts.title)}</title>
<link rel="stylesheet" nonce="${nonce}" href="${attribute(parts.styleUri)}">
</head>
<body>
<div id="page"></div>
<div id="polite" class="visually-hidden" role="status" aria-live="polite"></div>
<div id="assertive" class="visually-hidden" role="alert" aria-live="assertive"></div>
<script nonce="${nonce}" src="${attribute(parts.scriptUri)}"></script>
</body>
</html>
`;
}

function attribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
