/** An action proposed by the built-in model, from a value without one to a file of proposals, through the command line. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { bootstrap, root } from '../../scripts/bootstrap.mjs';
import { builtInModel, fetchBuiltInModel } from '../../scripts/builtInModel.mjs';
import { runCommand } from '../../scripts/processes.mjs';
import { GENERATION_LINES, type GenerationObservation } from '../../src/core/generation/record';
import { visitJournal } from '../../src/engine/runFiles';

const { node, env } = await bootstrap();
const unavailable = process.env.VALUE_ACTION_LENS_NO_BUILT_IN ?? (await whyUnavailable());
const folder = mkdtempSync(join(tmpdir(), 'value-action-lens-e2e-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.skipIf(unavailable)('the built-in model proposes an action in the form that is asked for', async () => {
  writeFileSync(
    join(folder, 'work.scenario.yaml'),
    'country: Nigeria\ntopic: Work Orientation\nitems:\n  - value: Helpful\n',
  );
  const args = [
    'generate',
    'work.scenario.yaml',
    '--model',
    builtInModel,
    '--polarity',
    'agree',
    '--out',
    'made',
    '--accept',
  ];
  const { code, output } = await runCommand(node, [join(root, 'dist/cli.js'), ...args], { cwd: folder, env });
  expect(code, output).toBe(0);
  const [name = ''] = readdirSync(join(folder, 'made')).filter((name) => name.endsWith('.proposals.jsonl'));
  const observations: GenerationObservation[] = [];
  visitJournal(join(folder, 'made', name), GENERATION_LINES, { observation: (one) => observations.push(one) });
  expect(observations).toHaveLength(1);
  const [proposal] = observations;
  // Its answers are constrained by a schema, so there is an action; whether it is a good one is the model's affair.
  expect(proposal).toMatchObject({
    type: 'proposal',
    value: 'Helpful',
    polarity: 'agree',
    variant: 5,
    answer: { kind: 'action' },
  });
});

async function whyUnavailable(): Promise<string | undefined> {
  const result = await fetchBuiltInModel({ node, env, line: () => {} });
  return 'unavailable' in result ? result.unavailable : undefined;
}
