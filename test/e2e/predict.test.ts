/** One short prediction from a run to its report, with the built-in model as the observer, through the command line. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { bootstrap, root } from '../../scripts/bootstrap.mjs';
import { builtInModel, fetchBuiltInModel } from '../../scripts/builtInModel.mjs';
import { runCommand } from '../../scripts/processes.mjs';
import type { PredictionReport } from '../../src/core/prediction/report';
import { formatRunLine } from '../../src/core/runs/runFile';
import { buildTarget, listItems } from '../core/prediction/targets';

const { node, env } = await bootstrap();
const unavailable = process.env.VALUE_ACTION_LENS_NO_BUILT_IN ?? (await whyUnavailable());
const folder = mkdtempSync(join(tmpdir(), 'value-action-lens-e2e-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.skipIf(unavailable)('the built-in model predicts in usable form', async () => {
  const { header, observations } = buildTarget(listItems(3, 3), 'Nigeria', 'Work Orientation');
  const scenarios = header.scenarios.map((scenario) => ({
    ...scenario,
    items: scenario.items.map((item) => ({
      ...item,
      definition: 'working for the welfare of others',
      agree: `I stay an hour longer to finish a report with a colleague (${item.value}).`,
      disagree: `I leave on time and let my colleague finish alone (${item.value}).`,
    })),
  }));
  const run = [{ ...header, scenarios, variants: { task1: [0], task2: [0, 1] } }, ...observations];
  writeFileSync(join(folder, 'target.jsonl'), run.map(formatRunLine).join(''));

  const sample = ['--examples', '1', '--tests', '2', '--settings', 'action', '--out', 'prediction.jsonl'];
  const args = ['predict', 'target.jsonl', '--observer', builtInModel, ...sample, '--json'];
  const { code, output } = await runCommand(node, [join(root, 'dist/cli.js'), ...args], { cwd: folder, env });
  expect(code, output).toBe(0);

  const lines = readFileSync(join(folder, 'prediction.jsonl'), 'utf8').trim().split('\n');
  expect(lines).toHaveLength(1 + 4);
  const printed = output.split('\n').find((line) => line.startsWith('{'));
  const report: PredictionReport = JSON.parse(printed ?? '');
  // Its answers are constrained by a schema, so they can be used; whether they are right is the model's affair.
  expect(report.settings).toMatchObject([{ setting: 'action', answered: 4, unparsed: 0, refused: 0, unanswered: 0 }]);
});

async function whyUnavailable(): Promise<string | undefined> {
  const result = await fetchBuiltInModel({ node, env, line: () => {} });
  return 'unavailable' in result ? result.unavailable : undefined;
}
