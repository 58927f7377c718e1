// Bundles and runs one benchmark: node scripts/bench.mjs metrics. Plain Node, so that the figures are the program's own.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { bootstrap } from './bootstrap.mjs';

const [name, ...rest] = process.argv.slice(2);
const { node, env } = await bootstrap();
// Only now are the dependencies sure to be there.
const { build } = await import('esbuild');
const outfile = `node_modules/.cache/bench/${name}.cjs`;
mkdirSync('node_modules/.cache/bench', { recursive: true });
await build({
  entryPoints: [`test/bench/${name}.bench.ts`],
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  outfile,
  // It runs a program of its own, which it finds beside itself.
  external: ['esbuild'],
  logLevel: 'warning',
});
process.exit(spawnSync(node, ['--expose-gc', outfile, ...rest], { stdio: 'inherit', env }).status ?? 1);
