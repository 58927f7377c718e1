// One more attempt for the parts of `npm test` that drive a whole VS Code: an accident is told by name, and what fails
// twice has failed.

/**
 * @typedef {{name: string, status: string}} TestResult status: 'passed', 'failed', or why it was not run
 * @typedef {{name: string, failed: boolean, tests: readonly TestResult[]}} FileResult failed: also where no test did, but
 * what stands around them
 * @typedef {{files: readonly FileResult[], code: number}} Report code: the exit code
 */

/** More files than that fail for a reason. */
const MOST_FILES = 6;

/**
 * Runs, and runs the files that failed once more as a whole: from its first test on, in a window of its own, because
 * the tests of a file build on each other and what one left behind could help its second attempt.
 * @param {(files: readonly string[] | undefined) => Promise<Report>} run undefined: all files
 * @param {(text: string) => void} line shows a line of output
 * @returns {Promise<{report: Report, flaky: string[]}>} the report with the second attempt in place of the first; the
 * names of what failed in the first and not in the second
 */
export async function runWithSecondAttempt(run, line) {
  const first = await run(undefined);
  const failed = first.files.filter((file) => file.failed);
  if (failed.length === 0 || failed.length > MOST_FILES) return { report: first, flaky: [] };

  const names = failed.map(({ name }) => name);
  line(`once more, because something failed there: ${names.join(', ')}`);
  const second = await run(names);
  const files = [...first.files.filter((file) => !file.failed), ...second.files];
  // A file that is not there any more has not passed.
  for (const file of failed) if (!second.files.some(({ name }) => name === file.name)) files.push(file);
  return { report: { files, code: second.code }, flaky: failed.flatMap((file) => listFlaky(file, second.files)) };
}

/** @param {Report} report @returns {import('./steps.mjs').Counts} what failed around the tests counts as one failed */
export function countReport({ files, code }) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { tests, failed } of files) {
    for (const { status } of tests) counts[status === 'passed' || status === 'failed' ? status : 'skipped']++;
    if (failed && !tests.some(({ status }) => status === 'failed')) counts.failed++;
  }
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

function listFlaky(file, again) {
  const other = again.find(({ name }) => name === file.name);
  if (!other) return [];
  const passed = new Set(other.tests.filter(({ status }) => status === 'passed').map(({ name }) => name));
  const tests = file.tests.filter(({ name, status }) => status === 'failed' && passed.has(name));
  if (tests.length > 0) return tests.map(({ name }) => name);
  return other.failed ? [] : [file.name];
}
