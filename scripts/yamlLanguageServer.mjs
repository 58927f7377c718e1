// The server that ours is measured beside, installed on demand: nothing of it is needed to build, test or run.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bootstrap, cacheFolder } from './bootstrap.mjs';
import { installedFolder } from './installedFolder.mjs';
import { mustRun } from './processes.mjs';

const version = '2.0.0';

/** @returns {Promise<string>} path of its main file; start it with --stdio */
export async function installYamlLanguageServer({ env, log = console.error }) {
  const folder = join(cacheFolder, `yaml-language-server-${version}`);
  await installedFolder(folder, async (fresh) => {
    log(`Installing yaml-language-server ${version} into ${folder}…`);
    const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', `yaml-language-server@${version}`];
    await mustRun('npm', args, { cwd: fresh, env });
  });
  return join(folder, 'node_modules', 'yaml-language-server', 'bin', 'yaml-language-server');
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { node, env } = await bootstrap({ log: console.error });
  console.log(node);
  console.log(await installYamlLanguageServer({ env }));
}
