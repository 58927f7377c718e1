// The parts of `npm test`, each with the counts that it reports.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './bootstrap.mjs';
import { runCommand } from './processes.mjs';

const outputFolder = join(root, 'test-output');

/**
 * Runs one vitest project.
 * @param {string} project @param {{node: string, env: NodeJS.ProcessEnv, line: (text: string) => void, filters: string[]}} options
 * filters: parts of file names, to run only those
 * @returns {Promise<{counts: import('./steps.mjs').Counts}>}
 */
export async function runVitest(project, { node, env, line, filters }) {
  const report = join(outputFolder, `${project}.json`);
  mkdirSync(outputFolder, { recursive: true });
  rmSync(report, { force: true });
  const args = [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--project', project, ...filters];
  args.push('--reporter=default', '--reporter=json', `--outputFile.json=${report}`);
  const { code } = await runCommand(node, args, { cwd: root, env, line });
  if (!existsSync(report)) throw new Error(`vitest ended with exit code ${code} and left no report.`);
  return { counts: countVitest(JSON.parse(readFileSync(report, 'utf8')), code) };
}

/** A file that could not be loaded has no tests to count, and an error outside of the tests neither: each counts as one failed. */
function countVitest(report, code) {
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  const counts = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

/** Runs the tests inside the extension host. @param {'integration' | 'minimum'} part minimum: in the oldest VS Code */
export async function runIntegration(part, { node, env, line }) {
  const report = join(outputFolder, `${part}.txt.json`);
  rmSync(report, { force: true });
  const { code } = await runCommand(node, [join(root, 'scripts', 'integration.mjs'), part], { cwd: root, env, line });
  if (!existsSync(report)) throw new Error(`The integration tests ended with exit code ${code} and left no counts.`);
  const counts = JSON.parse(readFileSync(report, 'utf8'));
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return { counts };
}
