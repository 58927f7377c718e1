/** What VS Code loads before anybody asks for something: small, and without the libraries that come later. */
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import { root } from '../../scripts/bootstrap.mjs';

let metafile: Metafile;
beforeAll(async () => {
  ({ metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['src/extension/main.ts'],
    outdir: join(root, 'dist'),
    external: ['vscode'],
    ...{ bundle: true, splitting: true, minify: true, write: false, metafile: true },
    ...{ platform: 'node', format: 'esm' },
  }));
});

/** The outputs that are loaded with `name`: what is behind an `import()` is not. */
function listLoaded(name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  const imports = metafile.outputs[name]?.imports ?? [];
  for (const { path, kind, external } of imports) if (kind === 'import-statement' && !external) listLoaded(path, seen);
  return seen;
}

test('activation reads no schema, no YAML and no client', () => {
  const inputs = [...listLoaded('dist/main.js')].flatMap((name) => Object.keys(metafile.outputs[name]!.inputs));
  expect(inputs).toContain('src/extension/container.ts');
  const libraries = inputs.map((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]);
  expect([...new Set(libraries.filter((library) => library !== undefined))]).toEqual(['@noble/hashes']);
});

test('activation reads little of it', () => {
  const bytesOf = (names: Iterable<string>) => [...names].reduce((sum, name) => sum + metafile.outputs[name]!.bytes, 0);
  const loaded = bytesOf(listLoaded('dist/main.js'));
  const all = bytesOf(Object.keys(metafile.outputs));
  console.log(`activation reads ${Math.round(loaded / 1000)} of ${Math.round(all / 1000)} kB`);
  expect(loaded).toBeLessThan(150_000);
});
