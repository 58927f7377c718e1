/** A key that is typed into the editor goes to its endpoint and nowhere else: everything written meanwhile is searched. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../scripts/bootstrap.mjs';
import { type OpenAIServer, startOpenAIServer } from '../fixtures/openaiServer';
import { type OpenWorkbench, openWorkbench } from './harness/openWorkbench';

// Looks like no provider's key, so that no scanner takes it for one.
const key = `lens-test-${'x7Qv'.repeat(8)}`;
const refused = `${key}-refused`;

let server: OpenAIServer;
let open: OpenWorkbench;

beforeAll(async () => {
  server = await startOpenAIServer({
    apiKey: key,
    models: ['parrot'],
    // Some endpoints quote the key in what they complain about.
    behave: ({ index, headers }) =>
      index % 7 === 3
        ? { kind: 'status', status: 500, error: { message: `Something broke for ${headers.authorization}` } }
        : undefined,
  });
  open = await openWorkbench({ fixture: join(root, 'examples') });
});
afterAll(async () => {
  await open?.close();
  await server?.close();
});

function* listFiles(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* listFiles(path);
    else if (entry.isFile()) yield path;
  }
}

function findKey(): string[] {
  const files = [open.workspace, open.home, open.dataFolder].flatMap((folder) => [...listFiles(folder)]);
  expect(files.some((file) => file.endsWith('.jsonl'))).toBe(true);
  expect(files.some((file) => file.endsWith('.log') && statSync(file).size > 0)).toBe(true);
  return files.filter((file) => readFileSync(file).includes(key));
}

/** Several inputs follow one another: each is waited for by its title. */
async function titled(title: string): Promise<void> {
  await open.workbench.page.locator('.quick-input-title').filter({ hasText: title }).waitFor();
}

async function answer(title: string, text: string): Promise<void> {
  await titled(title);
  await open.workbench.answerInput(text);
}

test('a key is in no file, whatever was answered with it', async () => {
  const { workbench } = open;
  await workbench.openFile('quickstart.scenario.yaml');
  await workbench.openView('Value-Action Lens');
  await workbench.runCommand('Value-Action Lens: Add Endpoint');
  await workbench.pick('Another base URL');
  await answer('Base URL', server.baseUrl);
  await answer('Name', 'lab');
  await answer('API key of lab', refused);
  // The list of models is refused too: a name is typed instead.
  await answer('Models of lab', 'parrot');
  await workbench.treeRow('parrot').waitFor();
  await workbench.clearNotifications();
  await workbench.runCommand('Value-Action Lens: Run Evaluation');
  const complaint = await workbench.notification(/key/i);
  expect(await complaint.textContent()).not.toContain(refused);
  await workbench.clearNotifications();

  await workbench.runCommand('Value-Action Lens: Set API Key');
  await workbench.pick('lab');
  await answer('API key of lab', key);
  await workbench.runCommand('Value-Action Lens: Run Evaluation');
  await workbench.until('all answers, the refused ones asked again', async () => {
    const ok = server.requests.filter(
      ({ index, headers }) => index % 7 !== 3 && headers.authorization === `Bearer ${key}`,
    );
    return ok.length >= 56;
  });
  await workbench.runCommand('Value-Action Lens: Show Log');
  await workbench.page.locator('.part.panel').filter({ hasText: 'requests settled' }).first().waitFor();
  await workbench.until('the run to be written to its end', async () =>
    findRuns().some((text) => text.split('\n').length > 56),
  );
  expect(findKey()).toEqual([]);
  expect(await workbench.page.locator('body').textContent()).not.toContain(key);
});

function findRuns(): string[] {
  return [...listFiles(open.workspace)]
    .filter((file) => file.endsWith('.jsonl'))
    .map((file) => readFileSync(file, 'utf8'));
}
