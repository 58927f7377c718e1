// Builds everything into dist/. `--watch` rebuilds on change, `--tests` adds the extension-host tests, `--production`
// minifies, `--out=FOLDER` builds somewhere else.
import { join } from 'node:path';
import { context } from 'esbuild';

const watch = process.argv.includes('--watch');
const tests = process.argv.includes('--tests');
const production = process.argv.includes('--production');
const out = process.argv.find((arg) => arg.startsWith('--out='))?.slice('--out='.length) ?? 'dist';

const shared = {
  bundle: true,
  outdir: out,
  sourcemap: production ? false : 'linked',
  minify: production,
  logLevel: 'warning',
  target: 'node20',
  platform: 'node',
};

// Loaded when they are needed, from files of their own: a third of the extension would otherwise be compiled by
// whoever opens a folder with a scenario in it. The extension imports them with `import()`.
const lateLibraries = { 'vscode-languageclient/node': 'vscode-languageclient', openai: 'openai' };

const loadLate = {
  name: 'load-late',
  setup(build) {
    build.onResolve({ filter: /^(openai|vscode-languageclient\/node)$/ }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path: `./lib/${lateLibraries[path]}.js`, external: true } : undefined,
    );
  },
};

const builds = [
  // VS Code loads its main file as CommonJS.
  {
    ...shared,
    entryPoints: { extension: 'src/extension/main.ts' },
    format: 'cjs',
    external: ['vscode'],
    plugins: [loadLate],
  },
  {
    ...shared,
    entryPoints: Object.fromEntries(Object.entries(lateLibraries).map(([module, file]) => [`lib/${file}`, module])),
    format: 'cjs',
    external: ['vscode'],
  },
  { ...shared, entryPoints: { server: 'src/server/main.ts', cli: 'src/cli/main.ts' }, format: 'cjs' },
  // The built-in model's process is an ES module: its runtime is one, and lives in a folder of its own.
  {
    ...shared,
    entryPoints: { builtin: 'src/models/builtin/process.ts' },
    format: 'esm',
    outExtension: { '.js': '.mjs' },
  },
  {
    ...shared,
    entryPoints: {
      charts: 'webview-ui/charts/main.ts',
      compare: 'webview-ui/compare/main.ts',
      inspector: 'webview-ui/inspector/main.ts',
      review: 'webview-ui/review/main.ts',
    },
    outdir: join(out, 'webview'),
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    loader: { '.css': 'css' },
  },
  ...(tests
    ? [
        {
          ...shared,
          entryPoints: { 'test/index': 'test/integration/index.ts' },
          format: 'cjs',
          external: ['vscode', 'mocha'],
        },
      ]
    : []),
];

const contexts = await Promise.all(builds.map((options) => context(options)));
if (watch) {
  await Promise.all(contexts.map((c) => c.watch()));
} else {
  try {
    await Promise.all(contexts.map((c) => c.rebuild()));
  } finally {
    await Promise.all(contexts.map((c) => c.dispose()));
  }
}
