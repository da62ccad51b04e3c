import assert from 'node:assert/strict';
import { pageHtml } from '../../../src/ui/runbook/html';

describe('the page before its script', () => {
  const html = pageHtml({
    cspSource: 'https://resources.example',
    nonce: 'abc_DEF-123',
    scriptUri: 'https://resources.example/main.js',
    styleUri: 'https://resources.example/main.css?a=1&b=2',
    title: 'Promote <cc2> & "others"',
  });

  it('allows nothing but its own script, style and font', () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
    assert.deepEqual(policy.split('; '), [
      "default-src 'none'",
      "script-src 'nonce-abc_DEF-123'",
      "style-src https://resources.example 'nonce-abc_DEF-123'",
      'font-src https://resources.example',
    ]);
    assert.doesNotMatch(html, /unsafe-|style=|<style|onload|javascript:/);
  });

  it('lets no text break out of its place', () => {
    assert.ok(html.includes('<title>Promote &lt;cc2&gt; &amp; &quot;others&quot;</title>'));
    assert.ok(html.includes('main.css?a=1&amp;b=2"'));
  });
});
