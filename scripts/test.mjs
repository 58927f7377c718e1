// `npm test`: from a bare clone to one line of counts. `npm test -- unit ui` runs only those parts; further arguments
// are parts of test file names.
import { join } from 'node:path';
import { bootstrap, root } from './bootstrap.mjs';
import { fetchBuiltInModel } from './builtInModel.mjs';
import { ensureChromium } from './chromium.mjs';
import { mustRun } from './processes.mjs';
import { formatCounts, Steps } from './steps.mjs';
import { installTestHost } from './testHost.mjs';
import { runIntegration, runVitest } from './testParts.mjs';

const parts = ['unit', 'architecture', 'integration', 'minimum', 'ui', 'e2e'];
const args = process.argv.slice(2);
const chosen = parts.filter((part) => args.includes(part));
const filters = args.filter((arg) => !parts.includes(arg));
const wanted = new Set(chosen.length > 0 ? chosen : parts);

const steps = new Steps();
const flaky = [];
const ready = await steps.run('bootstrap', (line) => bootstrap({ log: line }));
if (ready) await runParts({ ...ready, env: withColors(ready.env) });
const total = steps.total();
console.log(`\n${steps.table()}\n`);
for (const name of flaky) console.log(`flaky: ${name} passed at the second attempt`);
console.log(formatCounts(total));
process.exitCode = total.failed > 0 ? 1 : 0;

async function runParts({ node, env }) {
  // Installing waits for the network and the disk, building and unit tests for the processor: side by side.
  const host = ['integration', 'minimum', 'ui'].some((part) => wanted.has(part)) ? prepareHost(env) : undefined;
  const built = await steps.run('build', async (line) => {
    await mustRun(node, [join(root, 'esbuild.mjs'), '--tests'], { cwd: root, env, line });
    return { note: 'dist/' };
  });
  const model = built && wanted.has('e2e') ? prepareModel(node, env) : undefined;

  for (const part of ['unit', 'architecture']) await runPart(part, node, env);
  const hostIsReady = await host;
  const fetched = await model;
  // Hosts wait for most of their time: two of them take little longer than one.
  await Promise.all(['integration', 'minimum'].map((part) => runBuiltPart(part, built && hostIsReady, node, env)));
  await runBuiltPart('ui', built && hostIsReady, node, env);
  const why = fetched?.unavailable;
  await runBuiltPart('e2e', built && fetched, node, why ? { ...env, VALUE_ACTION_LENS_NO_BUILT_IN: why } : env);
}

/** The parts write into pipes, so they are told whether a terminal is at the end. */
function withColors(env) {
  const { FORCE_COLOR: _, NO_COLOR: __, ...rest } = env;
  return process.stdout.isTTY ? { ...rest, FORCE_COLOR: '1' } : { ...rest, NO_COLOR: '1' };
}

async function prepareHost(env) {
  const chromium = await steps.run('chromium', async (line) => ({ note: await ensureChromium({ log: line }) }));
  const host = await steps.run('test host', async (line) => {
    if (wanted.has('integration') || wanted.has('ui')) await installTestHost({ env, log: line });
    if (wanted.has('minimum')) await installTestHost({ env, log: line, version: 'minimum' });
    return { note: 'ready' };
  });
  return chromium && host;
}

function prepareModel(node, env) {
  return steps.run('built-in model', async (line) => {
    const result = await fetchBuiltInModel({ node, env, line });
    const note = 'path' in result ? result.path : 'SKIPPED: the weights cannot be fetched here; see above';
    return { ...result, note };
  });
}

async function runPart(part, node, env) {
  if (!wanted.has(part)) return;
  const ran = await steps.run(part, (line) =>
    part === 'integration' || part === 'minimum'
      ? runIntegration(part, { node, env, line })
      : runVitest(part, { node, env, line, filters }),
  );
  flaky.push(...(ran?.flaky ?? []));
}

async function runBuiltPart(part, possible, node, env) {
  if (!wanted.has(part)) return;
  if (possible) await runPart(part, node, env);
  else steps.fail(part, 'not run, because a step before it failed');
}
