// Who may import whom: docs/architecture.md has the table, this file enforces it.
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { pathNot: [...allowed, 'node_modules/@types/'] },
});

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    only(
      'core-is-pure',
      '^src/core/',
      ['^src/core/', 'node_modules/(yaml|zod)/'],
      'core: no vscode, no node I/O',
    ),
    {
      name: 'engine-knows-no-scheme',
      severity: 'error',
      from: { path: '^src/core/(plan|run|topology|observe|findings)/' },
      to: { path: '^src/core/schemes/' },
    },
    {
      name: 'schemes-do-not-import-each-other',
      severity: 'error',
      from: { path: '^src/core/schemes/([^/]+)/' },
      to: { path: '^src/core/schemes/[^/]+/', pathNot: '^src/core/schemes/$1/' },
    },
    {
      name: 'adapters',
      severity: 'error',
      from: { path: '^src/adapters/' },
      to: { path: ['^src/(ui|shared)/', '^src/(extension|cli)', 'vscode'] },
    },
    {
      name: 'shared-is-types-of-core',
      severity: 'error',
      from: { path: '^src/shared/' },
      to: { pathNot: '^src/(core|shared)/' },
    },
    {
      name: 'shared-takes-only-types',
      severity: 'error',
      from: { path: '^src/shared/' },
      to: { path: '^src/core/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'ui-takes-adapters-by-type-only',
      severity: 'error',
      from: { path: '^src/ui/' },
      to: { path: '^src/adapters/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'ui-does-not-import-the-composition-points',
      severity: 'error',
      from: { path: '^src/(ui|core|adapters|shared)/' },
      to: { path: '^src/(extension\\.ts|cli)' },
    },
    {
      name: 'webview',
      severity: 'error',
      from: { path: '^webview/' },
      to: {
        pathNot: [
          '^webview/',
          '^src/shared/',
          'node_modules/(lit|@lit|lit-html|@vscode/webview-ui-toolkit)/',
        ],
      },
    },
    {
      name: 'webview-takes-only-the-messenger-by-value',
      comment: 'one handler class for both ends of the line; everything else of shared is types',
      severity: 'error',
      from: { path: '^webview/' },
      to: { path: '^src/', pathNot: '^src/shared/messenger', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'toolkit-through-one-file',
      severity: 'error',
      from: { path: '^webview/', pathNot: '^webview/toolkit\\.ts$' },
      to: { path: '@vscode/webview-ui-toolkit' },
    },
    {
      name: 'only-ui-knows-vscode',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(ui/|extension\\.ts$)' },
      to: { path: '^vscode$' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    combinedDependencies: true,
  },
};
