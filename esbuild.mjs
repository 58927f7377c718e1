// Builds everything into dist/. `--watch` rebuilds on change, `--tests` adds the extension-host tests, `--production`
// minifies, `--out=FOLDER` builds somewhere else.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { context, build as esbuild } from 'esbuild';

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

/** esbuild copies a namespace, property by property, for each module that imports it: 15 ms for VS Code's, in 40 modules. */
const COPY_OF_API = /[\w$]+\(require\("vscode"\)\)/g;

// VS Code loads its main file as CommonJS, and esbuild splits only ES modules: the extension is split first, and each
// piece translated. What is behind an `import()` is then compiled and run when somebody asks for it, not by whoever
// opens a folder with a scenario in it.
const asCommonJS = {
  name: 'as-commonjs',
  setup(build) {
    const pieces = mkdtempSync(join(tmpdir(), 'value-action-lens-pieces-'));
    build.initialOptions.outdir = pieces;
    build.onStart(() => rmSync(join(pieces, 'chunks'), { recursive: true, force: true }));
    build.onEnd(async ({ errors }) => {
      if (errors.length > 0) return;
      // The names of pieces change with what is in them. A window that is open may still ask for those of before.
      if (production) rmSync(join(out, 'chunks'), { recursive: true, force: true });
      const entryPoints = readdirSync(pieces, { recursive: true })
        .filter((file) => file.endsWith('.js'))
        .map((file) => join(pieces, file));
      const { outputFiles } = await esbuild({
        ...{ ...shared, bundle: false, entryPoints, outbase: pieces, format: 'cjs' },
        write: false,
      });
      for (const { path, contents, text } of outputFiles) {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, path.endsWith('.js') ? text.replace(COPY_OF_API, 'require("vscode")') : contents);
      }
    });
    build.onDispose(() => rmSync(pieces, { recursive: true, force: true }));
  },
};

const builds = [
  {
    ...shared,
    entryPoints: { extension: 'src/extension/main.ts' },
    format: 'esm',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    external: ['vscode'],
    plugins: [asCommonJS],
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
