// The test host: VS Code's own server and web workbench, from npm, with a real Node extension host.
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bootstrap, cacheFolder, nodeName, platformPackage } from './bootstrap.mjs';
import { installedFolder } from './installedFolder.mjs';
import { mustRun } from './processes.mjs';

const versions = {
  current: { codeServer: '4.139.1' },
  // What `engines.vscode` of package.json promises. It needs its own Node, and names two natives otherwise.
  minimum: { codeServer: '4.104.0', node: '22.23.3' },
};

/**
 * Installs the host once (460 MB, no compiler), into the folder VALUE_ACTION_LENS_TEST_HOSTS where that is set.
 * @param {{env: NodeJS.ProcessEnv, log?: (text: string) => void, version?: 'current' | 'minimum'}} options env: with
 * Node 24 first on PATH
 * @returns {Promise<{server: string, node?: string}>} the server's main file, and the Node it needs where that is another
 */
export async function installTestHost({ env, log = console.log, version = 'current' }) {
  const { codeServer, node } = versions[version];
  const folder = join(resolve(process.env.VALUE_ACTION_LENS_TEST_HOSTS ?? cacheFolder), `code-server-${codeServer}`);
  await installedFolder(folder, async (fresh) => {
    log(`Installing the test host into ${folder} (460 MB)…`);
    await npmInstall(fresh, [`code-server@${codeServer}`, ...(node ? [`${platformPackage()}@${node}`] : [])], env);
    const server = serverFolder(fresh);
    rmSync(join(server, 'extensions', 'copilot'), { recursive: true, force: true });
    await npmInstall(server, ['--omit=dev', '--omit=optional'], env);
    await npmInstall(join(server, 'extensions'), ['--omit=dev', '--omit=optional'], env);
    await addFileWatcher(server, fresh, env);
    await addRipgrep(server, fresh, env);
    replaceNatives(server);
  });
  return {
    server: join(serverFolder(folder), 'out', 'server-main.js'),
    ...(node && { node: join(folder, 'node_modules', platformPackage(), 'bin', nodeName) }),
  };
}

function serverFolder(folder) {
  return join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
}

function npmInstall(cwd, args, env) {
  return mustRun('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...args], { cwd, env });
}

/** Files are watched by a prebuilt native that npm's optional packages carry; it stands beside the package it serves. */
async function addFileWatcher(server, fresh, env) {
  const parcel = join(server, 'node_modules', '@parcel');
  const { version: watcher } = JSON.parse(readFileSync(join(parcel, 'watcher', 'package.json'), 'utf8'));
  const name = `watcher-${process.platform}-${process.arch}${process.platform === 'linux' ? '-glibc' : ''}`;
  const scratch = join(fresh, 'watcher');
  mkdirSync(scratch);
  writeFileSync(join(scratch, 'package.json'), '{ "private": true }\n');
  await npmInstall(scratch, [`@parcel/${name}@${watcher}`], env);
  renameSync(join(scratch, 'node_modules', '@parcel', name), join(parcel, name));
  rmSync(scratch, { recursive: true });
}

/** Older hosts fetch the binary that searches files while they are installed; newer ones bring it. */
async function addRipgrep(server, fresh, env) {
  const ripgrep = join(server, 'node_modules', '@vscode', 'ripgrep');
  if (!existsSync(ripgrep) || existsSync(join(ripgrep, 'bin'))) return;
  const scratch = join(fresh, 'ripgrep');
  mkdirSync(scratch);
  writeFileSync(join(scratch, 'package.json'), '{ "private": true }\n');
  await npmInstall(scratch, ['@vscode/ripgrep-universal@1.18.0'], env);
  const binaries = join(scratch, 'node_modules', '@vscode', 'ripgrep-universal', 'bin');
  cpSync(join(binaries, `${process.platform}-${process.arch}`), join(ripgrep, 'bin'), { recursive: true });
  rmSync(scratch, { recursive: true });
}

/** Two natives are compiled at install time only. A test needs neither; without a stand-in each fills the log. */
function replaceNatives(server) {
  const modules = join(server, 'node_modules');
  replaceMain(
    [join(modules, '@vscode', 'native-watchdog'), join(modules, 'native-watchdog')],
    'exports.start = () => {};\nexports.exit = (code) => process.exit(code ?? 0);\n',
  );
  replaceMain([join(modules, '@vscode', 'spdlog')], spdlogStandIn);
}

/** @param {string[]} folders where the package may be, by version of the host */
function replaceMain(folders, text) {
  const folder = folders.find((candidate) => existsSync(candidate));
  if (!folder) throw new Error(`The test host has none of ${folders.join(', ')}: another version of it?`);
  writeFileSync(join(folder, 'index.js'), text);
}

// `exports.x = …` one by one: the server imports this file as an ES module, which sees only such names.
const spdlogStandIn = `const { appendFile, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

class Logger {
  constructor(kind, name, file) {
    this.file = file;
    mkdirSync(dirname(file), { recursive: true });
  }
  write(text) {
    appendFile(this.file, text + '\\n', () => {});
  }
  trace(text) { this.write(text); }
  debug(text) { this.write(text); }
  info(text) { this.write(text); }
  warn(text) { this.write(text); }
  error(text) { this.write(text); }
  critical(text) { this.write(text); }
  getLevel() { return 2; }
  setLevel() {}
  setPattern() {}
  clearFormatters() {}
  flush() {}
  drop() {}
}

exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = async (name, file) => new Logger('rotating', name, file);
exports.createAsyncRotatingLogger = async (name, file) => new Logger('rotating_async', name, file);
`;

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { env } = await bootstrap();
  console.log((await installTestHost({ env })).server);
}
