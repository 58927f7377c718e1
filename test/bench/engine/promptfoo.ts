/** promptfoo, installed on demand beside the other things that are fetched for tests, and cut off from its services. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { installedFolder } from '../../../scripts/installedFolder.mjs';
import { mustRun } from '../../../scripts/processes.mjs';
import type { Endpoint } from './endpoint';
import { type Measured, measure } from './measuredProcess';
import type { Workload } from './workload';

/** The newest of 0.121. */
const VERSION = '0.121.20';

/** @returns the path of its program. @throws {Error} where npm cannot install it. */
export async function installPromptfoo(): Promise<string> {
  const folder = resolve('.vscode-test', `promptfoo-${VERSION}`);
  await installedFolder(folder, async (fresh) => {
    console.log(`Installing promptfoo ${VERSION} into ${folder} (270 MB)…`);
    await npmInstall(fresh, `promptfoo@${VERSION}`);
    await npmInstall(fresh, ...listDatabaseBindings(fresh));
  });
  const home = join(folder, 'node_modules', 'promptfoo');
  const { bin } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { bin: Record<string, string> };
  return join(home, bin.promptfoo ?? '');
}

/** Its optional packages weigh gigabytes, and it starts without all but one of them. */
function listDatabaseBindings(folder: string): string[] {
  const text = readFileSync(join(folder, 'node_modules', 'libsql', 'package.json'), 'utf8');
  const { optionalDependencies = {} } = JSON.parse(text) as { optionalDependencies?: Record<string, string> };
  return Object.entries(optionalDependencies).flatMap(([name, version]) =>
    name.startsWith(`@libsql/${process.platform}-${process.arch}`) && !name.endsWith('musl')
      ? [`${name}@${version}`]
      : [],
  );
}

function npmInstall(cwd: string, ...packages: readonly string[]): Promise<string> {
  const flags = ['--ignore-scripts', '--omit=optional', '--no-audit', '--no-fund'];
  return mustRun('npm', ['install', ...flags, ...packages], { cwd });
}

/**
 * `usual`: as it comes, with an empty cache and database of its own, which it fills as ours does. `bare`: both off, so
 * that it keeps nothing but the result file.
 */
export type PromptfooWay = 'usual' | 'bare';

let count = 0;

/** One test for each prompt, no assertion. @throws {Error} where it fails, or some prompt got no answer. */
export async function runPromptfoo(
  program: string,
  { promptsFile, folder }: Workload,
  { baseUrl }: Endpoint,
  { way, concurrency }: { readonly way: PromptfooWay; readonly concurrency: number },
): Promise<Measured> {
  const prompts = JSON.parse(readFileSync(promptsFile, 'utf8')) as { content: string }[][];
  const config = {
    prompts: ['{{prompt}}'],
    providers: [{ id: 'openai:chat:test-model', config: { apiBaseUrl: baseUrl, apiKey: 'none', temperature: 0.2 } }],
    tests: prompts.map((messages) => ({ vars: { prompt: messages.at(-1)?.content } })),
  };
  const configFile = join(folder, 'promptfooconfig.json');
  const out = join(folder, 'promptfoo.json');
  writeFileSync(configFile, JSON.stringify(config));
  const off = way === 'bare' ? ['--no-cache', '--no-write', '--no-table', '--no-progress-bar'] : [];
  const measured = await measure([program, 'eval', '-c', configFile, '-o', out, '-j', String(concurrency), ...off], {
    cwd: folder,
    env: {
      PROMPTFOO_DISABLE_TELEMETRY: '1',
      PROMPTFOO_DISABLE_UPDATE: '1',
      PROMPTFOO_DISABLE_REMOTE_GENERATION: '1',
      PROMPTFOO_DISABLE_SHARING: '1',
      PROMPTFOO_CONFIG_DIR: join(folder, `promptfoo-${++count}`),
      OPENAI_API_KEY: 'none',
    },
  });
  const read = JSON.parse(readFileSync(out, 'utf8')) as { results: { results: { response?: { output?: unknown } }[] } };
  const answers = read.results.results.filter(({ response }) => response?.output !== undefined).length;
  if (answers !== prompts.length) throw new Error(`promptfoo got ${answers} answers to ${prompts.length} prompts.`);
  return measured;
}
