// Writes what is derived from the sources: media/scenario.schema.json from the zod schema of the file format.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const target = join(root, 'media', 'scenario.schema.json');

// The sources are TypeScript, so they are bundled to a module that Node can load.
const folder = await mkdtemp(join(root, 'node_modules', '.generate-'));
try {
  const outfile = join(folder, 'jsonSchema.mjs');
  await build({
    entryPoints: [join(root, 'src/core/scenario/jsonSchema.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'warning',
  });
  const { describeScenarioFormat } = await import(pathToFileURL(outfile).href);
  await writeFile(target, `${JSON.stringify(describeScenarioFormat(), null, 2)}\n`);
  console.log(`Wrote ${target}`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
