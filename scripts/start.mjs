// `npm start`: from a bare clone to an evaluation by the built-in model and VS Code with its results on screen.
// `--headless` ends after the evaluation.
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { bootstrap, cacheFolder, root } from './bootstrap.mjs';
import { builtInModel } from './builtInModel.mjs';
import { startHost } from './startHost.mjs';
import { installTestHost } from './testHost.mjs';

const examples = join(root, 'examples');
const quickstart = join(examples, 'quickstart.scenario.yaml');
const cli = join(root, 'dist', 'cli.js');
const headless = process.argv.includes('--headless');
let number = 0;

try {
  const { node, env } = await step('Dependencies and Node 24', () => bootstrap());
  await step('Build', () => show(node, [join(root, 'esbuild.mjs')], { env, cwd: root }));
  await step('Built-in model', () => show(node, [cli, 'model', 'fetch'], { env, cwd: examples }));
  await step('Evaluate examples/quickstart.scenario.yaml', () =>
    // In `examples`, so that the run lands where VS Code looks for it.
    show(node, [cli, 'run', 'quickstart.scenario.yaml', '--model', builtInModel], {
      env,
      cwd: examples,
      mayFail: true,
    }),
  );
  if (headless)
    console.log('\nThe run is kept in examples/.value-action-lens/runs/. `npm start` without --headless shows it.');
  else await openEditor(node, env);
} catch (error) {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}

async function openEditor(node, env) {
  const args = [`--extensionDevelopmentPath=${root}`, examples, quickstart];
  if (hasDesktop()) {
    await step('Open VS Code', () => show('code', args, { env: process.env, cwd: root }));
    return;
  }
  const { server } = await step('VS Code in the browser', () => installTestHost({ env }));
  const host = await startHost({
    node,
    server,
    workspace: examples,
    extensionDirs: [root],
    dataFolder: join(cacheFolder, 'start-data'),
    env,
  });
  const payload = JSON.stringify([['openFile', `vscode-remote://${host.address}${quickstart}`]]);
  console.log(
    `\nOpen ${host.url}&payload=${encodeURIComponent(payload)}\nThe Value-Action Lens icon is in the activity bar. Ctrl+C ends it.`,
  );
  await new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, resolve);
  });
  await host.stop();
}

/** A desktop `code` needs a screen; without one, `code` may be the command of a remote session. */
function hasDesktop() {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return false;
  return spawnSync('code', ['--version'], { stdio: 'ignore', shell: process.platform === 'win32' }).status === 0;
}

async function step(name, work) {
  const started = performance.now();
  console.log(`\n${++number}. ${name}`);
  const result = await work();
  console.log(`   ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return result;
}

/** Runs a command with this terminal as its own. Exit code 1 of an evaluation means: finished, some answers failed. */
function show(command, args, { env, cwd, mayFail = false }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env,
      cwd,
      stdio: 'inherit',
      shell: command === 'code' && process.platform === 'win32',
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0 || (mayFail && code === 1)) resolve();
      else reject(new Error(`${[command, ...args].join(' ')} ended with ${signal ?? `exit code ${code}`}.`));
    });
  });
}
