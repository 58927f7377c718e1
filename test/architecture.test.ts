import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { listForbiddenImports, listStyleBreaches } from './architecture/cruise';

const root = resolve(import.meta.dirname, '..');

describe('this project', () => {
  test('imports only what ARCHITECTURE.md allows', async () => {
    expect(await listForbiddenImports(root)).toEqual([]);
  });

  test('has short files and no default exports', () => {
    expect(listStyleBreaches(root)).toEqual([]);
  });
});

describe('the guard', () => {
  const trees: string[] = [];
  afterEach(() => {
    for (const tree of trees.splice(0)) rmSync(tree, { recursive: true, force: true });
  });

  function plant(files: Record<string, string>): string {
    const tree = mkdtempSync(join(tmpdir(), 'value-action-lens-guard-'));
    trees.push(tree);
    const all = {
      'src/core/a.ts': 'export const a = 1;\n',
      'src/models/client.ts': 'export interface ModelClient { ask(): void }\nexport const client = 1;\n',
      'webview-ui/main.ts': "import { a } from '../src/core/a';\nconsole.log(a);\n",
      ...files,
    };
    for (const [file, text] of Object.entries(all)) {
      mkdirSync(dirname(join(tree, file)), { recursive: true });
      writeFileSync(join(tree, file), text);
    }
    return tree;
  }

  test('passes what is allowed', async () => {
    const tree = plant({
      'src/engine/run.ts': "import type { ModelClient } from '../models/client';\nexport type Port = ModelClient;\n",
      'src/extension/main.ts':
        "import * as vscode from 'vscode';\nimport { a } from '../core/a';\nvscode.env.openExternal(a);\n",
    });
    expect(await listForbiddenImports(tree)).toEqual([]);
  });

  test.each([
    ['core-uses-nothing-of-node', 'src/core/b.ts', "import { join } from 'node:path';\nexport const b = join;\n"],
    ['only-extension-imports-vscode', 'src/core/b.ts', "import type { Uri } from 'vscode';\nexport type B = Uri;\n"],
    ['only-extension-imports-vscode', 'src/cli/b.ts', "import * as vscode from 'vscode';\nexport const b = vscode;\n"],
    [
      'core-imports-only-below',
      'src/core/b.ts',
      "import type { ModelClient } from '../models/client';\nexport type B = ModelClient;\n",
    ],
    ['display-imports-only-below', 'src/display/b.ts', "export { client } from '../models/client';\n"],
    ['webview-ui-imports-only-below', 'webview-ui/b.ts', "export { client } from '../src/models/client';\n"],
    [
      'engine-knows-only-the-model-port',
      'src/engine/b.ts',
      "import type { C } from '../models/builtin';\nexport type B = C;\n",
    ],
    ['every-file-in-a-layer', 'src/utils/b.ts', "export { a } from '../core/a';\n"],
    ['everything-resolves', 'src/core/b.ts', "export { nothing } from './nothing';\n"],
    ['no-circles', 'src/core/a.ts', "import { c } from './c';\nexport const a = c;\n"],
  ])('finds a breach of %s in %s', async (rule, file, text) => {
    const tree = plant({
      'src/models/builtin.ts': 'export interface C { c: number }\n',
      'src/core/c.ts': "import { a } from './a';\nexport const c = () => a;\n",
      [file]: text,
    });
    const found = await listForbiddenImports(tree);
    expect(found.filter((line) => line.includes(rule) && line.includes(file))).not.toEqual([]);
  });

  test('finds long files and default exports', () => {
    const tree = plant({ 'src/core/b.ts': 'export default 1;\n', 'src/core/c.ts': '//\n'.repeat(351) });
    expect(listStyleBreaches(tree)).toEqual([
      'src/core/b.ts has a default export',
      'src/core/c.ts has 351 lines; 350 are the most',
    ]);
  });
});
