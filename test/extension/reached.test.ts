/** Nothing that package.json contributes is dead: the code behind it is there, and a test in the host or the browser uses it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const PREFIX = 'valueActionLens.';

interface Manifest {
  activationEvents: string[];
  contributes: {
    commands: { command: string; title: string }[];
    menus: Record<string, { command: string; when?: string }[]>;
    keybindings: { command: string; key: string; when?: string }[];
    views: Record<string, { id: string; name: string; when?: string }[]>;
    viewsWelcome: { view: string; contents: string; when?: string }[];
    walkthroughs: { steps: { title: string; description: string; completionEvents: string[] }[] }[];
    configuration: { properties: Record<string, unknown> };
    colors: { id: string }[];
    semanticTokenTypes: { id: string }[];
    semanticTokenModifiers: { id: string }[];
  };
}

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
const { contributes } = manifest;
const commands = contributes.commands.map(({ command }) => command);
const settings = Object.keys(contributes.configuration.properties);
const views = Object.values(contributes.views).flat();

/** A name in a comment reaches nothing. */
function readSources(folder: string): string {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'))
    .join('\n')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '');
}

const tests = readSources('test/integration') + readSources('test/ui');
const source = readSources('src');
const quote = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const withoutPrefix = (id: string) => id.slice(PREFIX.length);

/** What a test presses of a lens: its words, or the name of its icon where it has no words of its own. */
function listLensTexts(name: string): string[] {
  const lens = new RegExp(`\\[(?:t\\()?['\`]([^'\`]+)['\`]\\)?, '${name}'`, 'g');
  return [...source.matchAll(lens)].map(([, words = '']) =>
    /^(\$\{.*\} )?\$\([\w-]+\)$/.test(words) ? words.replace(/.*\$\(|\)$/g, '') : words.replace(/\$\([\w-]+\) /, ''),
  );
}

/** As the browser's driver names them. */
function listKeys(command: string): string[] {
  return contributes.keybindings
    .filter((binding) => binding.command === command)
    .map(({ key }) =>
      key.replace(/ctrl/, 'Control').replace(/(?<=^|\+)([a-z])(?=\w)/g, (letter) => letter.toUpperCase()),
    );
}

/** Called by its id in the host; in the browser by its title, from the palette, a row, a lens or by its key. */
function isCommandReached({ command, title }: { command: string; title: string }, text: string): boolean {
  const name = quote(withoutPrefix(command));
  const titled = `${quote(title.replace(/…$/, ''))}…?'`;
  return [
    `\\bexecute\\(\\s*'${name}'`,
    `\\bexecuteCommand(<[^(]*>)?\\(\\s*'${quote(command)}'`,
    `\\b(runCommand|findCommand|command)\\('(Value-Action Lens: )?${titled}`,
    `\\b(pressRowAction|chooseFromMenu)\\([^\\n]*, '${titled}`,
    ...listLensTexts(withoutPrefix(command)).map((words) => `\\bpress\\((\\w+, )?'${quote(words)}'`),
    ...listKeys(command).map((key) => `\\bpress\\('${quote(key)}'`),
  ].some((way) => new RegExp(way).test(text));
}

/** Given a value: as a setting of the browser's host, or of the one the tests run in. */
function isSettingReached(id: string, text: string): boolean {
  const name = quote(withoutPrefix(id));
  return new RegExp(`'(${quote(PREFIX)})?${name}': |\\bupdate\\('${name}'`).test(text);
}

describe('what is contributed is reached by a test', () => {
  it('every command', () => {
    const unreached = contributes.commands.filter((command) => !isCommandReached(command, tests));
    expect(unreached.map(({ command }) => command)).toEqual([]);
  });

  it('every setting', () => {
    expect(settings.filter((id) => !isSettingReached(id, tests))).toEqual([]);
  });

  it('every view', () => {
    const unreached = views.filter(({ name }) => !new RegExp(`[tT]reeRow\\([^\\n]*, '${quote(name)}'\\)`).test(tests));
    expect(unreached.map(({ id }) => id)).toEqual([]);
  });

  it('every step of the walkthrough', () => {
    const steps = contributes.walkthroughs.flatMap(({ steps }) => steps);
    expect(steps.filter(({ title }) => !tests.includes(`'${title}'`)).map(({ title }) => title)).toEqual([]);
  });

  it.each([
    ['nothing at all', '', false],
    ['a mention', "expect(row.command).toBe('valueActionLens.fly')", false],
    ['another command that begins so', "execute('flyAway'); runCommand('Value-Action Lens: Fly Home')", false],
    ['its id', "await vscode.commands.executeCommand<void>('valueActionLens.fly', uri)", true],
    ['its name', "execute('fly', uri)", true],
    ['its title', "await workbench.runCommand('Value-Action Lens: Fly')", true],
    ['its button', "await workbench.pressRowAction(/owl/, 'Fly…')", true],
  ])('a new command needs more than %s', (_what, text, reached) => {
    expect(isCommandReached({ command: 'valueActionLens.fly', title: 'Fly…' }, text)).toBe(reached);
  });

  it('a new setting needs a test that gives it a value', () => {
    expect(isSettingReached('valueActionLens.fly.high', "get('fly.high')")).toBe(false);
    expect(isSettingReached('valueActionLens.fly.high', "withSettings({ 'fly.high': 3 }, run)")).toBe(true);
  });
});

describe('what is contributed has code behind it', () => {
  const clauses = [
    ...Object.values(contributes.menus).flat(),
    ...contributes.keybindings,
    ...contributes.viewsWelcome,
    ...views,
  ].flatMap(({ when }) => when ?? []);

  it('menus, keys, welcome texts and the walkthrough name commands that are there', () => {
    const steps = contributes.walkthroughs.flatMap(({ steps }) => steps);
    const texts = [
      ...contributes.viewsWelcome.map(({ contents }) => contents),
      ...steps.map(({ description }) => description),
    ];
    const named = [
      ...Object.values(contributes.menus).flat(),
      ...contributes.keybindings,
      ...texts.flatMap((text) => [...text.matchAll(/\(command:([\w.]+)/g)].map(([, command = '']) => ({ command }))),
      ...steps.flatMap(({ completionEvents }) =>
        completionEvents.map((event) => ({ command: event.replace('onCommand:', '') })),
      ),
    ].map(({ command }) => command);
    const known = new Set([...commands, ...views.map(({ id }) => `${id}.focus`)]);
    expect(named.length).toBeGreaterThan(commands.length);
    expect([...new Set(named)].filter((command) => !known.has(command))).toEqual([]);
  });

  it('every command can be found in the palette or in a menu', () => {
    const hidden = new Set(
      contributes.menus.commandPalette?.filter(({ when }) => when === 'false').map(({ command }) => command),
    );
    const { commandPalette: _, ...menus } = contributes.menus;
    const offered = new Set(Object.values(menus).flatMap((entries) => entries.map(({ command }) => command)));
    // Rows and lenses call some themselves.
    const isCalled = (command: string) =>
      source.includes(`command: '${command}'`) || source.includes(`, '${withoutPrefix(command)}']`);
    expect([...hidden].filter((command) => !offered.has(command) && !isCalled(command))).toEqual([]);
  });

  it('contexts that decide what is shown are set', () => {
    const keys = new Set(clauses.flatMap((when) => when.match(/valueActionLens\.\w+/g) ?? []));
    const panels = new Set(manifest.activationEvents.map((event) => event.replace('onWebviewPanel:', '')));
    const ids = new Set([...views.map(({ id }) => id), ...panels]);
    const named = new Map(
      [...source.matchAll(/const (\w+) = '(valueActionLens\.\w+)'/g)].map(([, name, key]) => [key, name]),
    );
    const isSet = (key: string) =>
      new RegExp(`[sS]etContext'?[,(]\\s*('${quote(key)}'|${named.get(key) ?? '(?!)'}\\b)`).test(source);
    expect([...keys].filter((key) => !ids.has(key) && !isSet(key))).toEqual([]);
  });

  it('every setting is read', () => {
    // Those of a run are read by the names of their schema.
    const ofRuns = readFileSync(join(root, 'src/extension/settingsSchema.ts'), 'utf8');
    const isRead = (id: string) => {
      const [group, name] = withoutPrefix(id).split('.');
      return (
        new RegExp(`'${quote(withoutPrefix(id))}'`).test(source) ||
        (group === 'run' && new RegExp(`^ {2}${name}: z$|^ {2}${name}: z\\.`, 'm').test(ofRuns))
      );
    };
    expect(settings.filter((id) => !isRead(id))).toEqual([]);
  });

  it('every view, panel and colour is used', () => {
    const panels = manifest.activationEvents.flatMap((event) => /^onWebviewPanel:(.+)/.exec(event)?.[1] ?? []);
    const ids = [...views, ...contributes.colors].map(({ id }) => id);
    expect([...ids, ...panels].filter((id) => !source.includes(`'${id}'`))).toEqual([]);
  });

  it('every semantic token is given', () => {
    const tokens = readFileSync(join(root, 'src/language/semanticTokens.ts'), 'utf8');
    const ids = [...contributes.semanticTokenTypes, ...contributes.semanticTokenModifiers].map(({ id }) => id);
    expect(ids.filter((id) => !tokens.includes(`'${id}'`))).toEqual([]);
  });
});
