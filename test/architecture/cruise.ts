/** What breaks the rules of this project in a tree of files. */
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { dependencyRules } from './rules';

const longestFile = 350;
const folders = ['src', 'webview-ui'];

/**
 * @param root folder that has src/ and webview-ui/
 * @returns one line for each import that a rule forbids: "rule: from → to"
 */
export async function listForbiddenImports(root: string): Promise<string[]> {
  const { output } = await cruise(
    folders,
    {
      baseDir: root,
      ruleSet: { forbidden: dependencyRules },
      validate: true,
      // Imports of types count, although the compiler drops them.
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
    },
    { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'types', 'default'] },
  );
  const { modules, summary } = output as ICruiseResult;
  if (modules.length === 0) throw new Error(`dependency-cruiser read no file in ${root}.`);
  return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
}

/** @returns one line for each source file that is too long or has a default export */
export function listStyleBreaches(root: string): string[] {
  return listSources(root).flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const lines = text.split('\n').length - 1;
    return [
      ...(lines > longestFile ? [`${file} has ${lines} lines; ${longestFile} are the most`] : []),
      ...(/^export default\b|^export \{[^}]*\bas default\b/m.test(text) ? [`${file} has a default export`] : []),
    ];
  });
}

function listSources(root: string): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => ['.ts', '.tsx'].includes(extname(file)))
      .map((file) => join(folder, file)),
  );
}
