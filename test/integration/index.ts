/**
 * The entry of the tests inside an extension host: `scripts/integration.mjs` starts it in the test host,
 * `scripts/integration-desktop.mjs` in a desktop VS Code.
 */
import { appendFileSync, writeFileSync } from 'node:fs';
import { format } from 'node:util';
import Mocha from 'mocha';

/**
 * Runs every suite. There is no stdout here, so the report goes to the file that VALUE_ACTION_LENS_TEST_OUTPUT names
 * (the console without it), and what became of each test to the same name with `.json` after it.
 * @throws Error when a test failed
 */
export async function run(): Promise<void> {
  const output = process.env.VALUE_ACTION_LENS_TEST_OUTPUT;
  if (output) {
    const { Base } = Mocha.reporters;
    Base.consoleLog = (...parts: unknown[]) => appendFileSync(output, `${format(...parts)}\n`);
    Base.useColors = false;
  }
  const mocha = new Mocha({ ui: 'tdd', timeout: 90_000, reporter: 'spec', diff: false });
  // The suites call `suite` and `test` as they are loaded, so these must be there before.
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await import('./suites');

  const results: { name: string; status: string }[] = [];
  const failed = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    const keep = (status: string) => (test: Mocha.Runnable) => results.push({ name: test.fullTitle(), status });
    runner.on('pass', keep('passed')).on('fail', keep('failed')).on('pending', keep('pending'));
  });
  if (output) writeFileSync(`${output}.json`, JSON.stringify(results));
  if (failed > 0) throw new Error(`${failed} of ${results.length} integration tests failed.`);
}
