// The parts of `npm test`, each with the counts that it reports.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './bootstrap.mjs';
import { runCommand } from './processes.mjs';
import { countReport, runWithSecondAttempt } from './secondAttempt.mjs';

const outputFolder = join(root, 'test-output');

/**
 * Runs one vitest project; UI tests with a second attempt.
 * @param {string} project @param {{node: string, env: NodeJS.ProcessEnv, line: (text: string) => void, filters: string[]}} options
 * filters: parts of file names, to run only those
 * @returns {Promise<{counts: import('./steps.mjs').Counts, flaky: string[]}>}
 */
export async function runVitest(project, { node, env, line, filters }) {
  const report = join(outputFolder, `${project}.json`);
  const runFiles = async (files = filters) => {
    mkdirSync(outputFolder, { recursive: true });
    rmSync(report, { force: true });
    const args = [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--project', project, ...files];
    args.push('--reporter=default', '--reporter=json', `--outputFile.json=${report}`);
    const { code } = await runCommand(node, args, { cwd: root, env, line });
    if (!existsSync(report)) throw new Error(`vitest ended with exit code ${code} and left no report.`);
    return readVitestReport(report, code);
  };
  if (project === 'ui') return sum(await runWithSecondAttempt(runFiles, line));
  return sum({ report: await runFiles(), flaky: [] });
}

/** @returns {import('./secondAttempt.mjs').Report} */
function readVitestReport(report, code) {
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const files = testResults.map(({ name, status, assertionResults }) => ({
    name: relative(root, name),
    failed: status === 'failed',
    tests: assertionResults.map(({ fullName, status }) => ({ name: fullName, status })),
  }));
  return { files, code };
}

/**
 * Runs the tests inside the extension host, with a second attempt in another host.
 * @param {'integration' | 'minimum'} part minimum: in the oldest VS Code
 */
export async function runIntegration(part, { node, env, line }) {
  const report = join(outputFolder, `${part}.txt.json`);
  const runAll = async () => {
    rmSync(report, { force: true });
    const { code } = await runCommand(node, [join(root, 'scripts', 'integration.mjs'), part], { cwd: root, env, line });
    // Without a report the host did not start, or never came to an end.
    const tests = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : [];
    return { files: [{ name: `the ${part} tests`, failed: code !== 0, tests }], code };
  };
  return sum(await runWithSecondAttempt(runAll, line));
}

function sum({ report, flaky }) {
  return { counts: countReport(report), flaky };
}
