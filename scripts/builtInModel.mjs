// The built-in model, through the command line of this project: the tests and `npm start` have no loader of their own.
import { join } from 'node:path';
import { root } from './bootstrap.mjs';
import { runCommand } from './processes.mjs';

export const builtInModel = 'builtin/smollm2-135m';

/**
 * Fetches the weights and the runtime unless they are there.
 * @param {{node: string, env: NodeJS.ProcessEnv, line?: (text: string) => void, cli?: string}} options cli: of another build
 * @returns {Promise<{path: string, source: string, runtime: string} | {unavailable: string}>} unavailable: why they cannot be fetched here
 * @throws {Error} where the command itself is broken
 */
export async function fetchBuiltInModel({ node, env, line, cli = join(root, 'dist', 'cli.js') }) {
  const args = [cli, 'model', 'fetch', '--json'];
  const { code, output } = await runCommand(node, args, { env, line });
  if (code === 0) {
    const json = output.split('\n').findLast((text) => text.startsWith('{'));
    if (!json) throw new Error('`model fetch --json` printed no line of JSON.');
    return JSON.parse(json);
  }
  // Exit code 2 is a message to a person; a stack or a complaint about the arguments is a defect of ours.
  const broken = code !== 2 || /^\s+at .+:\d+:\d+\)?$/m.test(output) || /^error: /m.test(output);
  if (broken) throw new Error(`\`model fetch\` ended with exit code ${code}:\n${output}`);
  return { unavailable: output.trim() || 'model fetch gave no reason' };
}
