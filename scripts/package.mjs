// `npm run package`: the extension as VSIX files in test-output/packages. One for every platform without the built-in
// model's runtime, and one for linux-x64 with it. `npm run package -- universal` (or linux-x64) makes only that one.
import { cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bootstrap, root } from './bootstrap.mjs';
import { fetchBuiltInModel } from './builtInModel.mjs';
import { mustRun } from './processes.mjs';

/** Of the universal package: people download it on trains. */
const mostBytes = 1_500_000;

/**
 * @param {{node: string, env: NodeJS.ProcessEnv, target?: 'linux-x64', output?: string, log?: (text: string) => void}} options
 * @returns {Promise<{path: string, bytes: number}>}
 * @throws {Error} where the universal package is larger than it may be
 */
export async function packageExtension({
  node,
  env,
  target,
  output = join(root, 'test-output', 'packages'),
  log = console.log,
}) {
  const stage = join(output, target ?? 'universal');
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  for (const name of ['README.md', 'CHANGELOG.md', 'LICENSE', 'media', 'examples']) {
    // The examples may hold runs of whoever makes the package.
    const filter = (path) => basename(path) !== '.value-action-lens';
    cpSync(join(root, name), join(stage, name), { recursive: true, filter });
  }
  const manifest = readManifest();
  writeFileSync(join(stage, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  const line = (text) => log(text);
  await mustRun(node, [join(root, 'esbuild.mjs'), '--production', `--out=${join(stage, 'dist')}`], {
    cwd: root,
    env,
    line,
  });
  if (target) await addRuntime(stage, target, { node, env, line });
  const path = join(output, `${manifest.name}-${manifest.version}${target ? `-${target}` : ''}.vsix`);
  // Links of the README stay relative: they lead into the package, and there is no repository to lead to.
  const args = ['package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
  if (target) args.push('--target', target);
  const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
  await mustRun(node, [vsce, ...args, '--out', path], { cwd: stage, env, line });
  rmSync(stage, { recursive: true, force: true });
  const bytes = statSync(path).size;
  if (!target && bytes > mostBytes) {
    throw new Error(`${path} has ${bytes} bytes, and may have ${mostBytes}. See what grew: unzip -v ${path}`);
  }
  return { path, bytes };
}

/** What a package needs of package.json: nothing that is for building it. */
function readManifest() {
  const {
    scripts,
    devDependencies,
    dependencies,
    allowScripts,
    private: _,
    ...manifest
  } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return manifest;
}

/** The runtime as the command line installs it, so that the package carries what is tested. */
async function addRuntime(stage, target, { node, env, line }) {
  if (target !== `${process.platform}-${process.arch}`)
    throw new Error(`A package for ${target} is made on ${target}.`);
  const fetched = await fetchBuiltInModel({ node, env, line, cli: join(stage, 'dist', 'cli.js') });
  if ('unavailable' in fetched) throw new Error(`The runtime cannot be fetched: ${fetched.unavailable}`);
  // FOLDER/node_modules/node-llama-cpp/dist/index.js
  const folder = join(dirname(fetched.runtime), '..', '..', '..');
  cpSync(folder, join(stage, 'runtime'), {
    recursive: true,
    filter: (path) => !isForBuilding(path.slice(folder.length)),
  });
}

/** The sources of llama.cpp, types and maps: half of the runtime, and of no use to its prebuilt binaries. */
function isForBuilding(path) {
  return /^[/\\]node_modules[/\\]node-llama-cpp[/\\](llama[/\\](addon|cmake|gitRelease\.bundle|profiles|toolchains)|templates)|\.(map|d\.ts|md)$/.test(
    path,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { node, env } = await bootstrap();
  const chosen = process.argv.slice(2);
  const targets = chosen.length > 0 ? chosen : ['universal', 'linux-x64'];
  for (const target of targets) {
    const { path, bytes } = await packageExtension({ node, env, target: target === 'universal' ? undefined : target });
    console.log(`${path}: ${(bytes / 1e6).toFixed(2)} MB`);
  }
}
