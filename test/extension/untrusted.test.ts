/** What models, endpoints and files say is text: nothing in it becomes a link, a command, an icon or an element. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withoutLinks } from '../../src/display/plainText';
import { renderHover } from '../../src/extension/editor/hoverText';
import { nameJudgementFile } from '../../src/extension/review/judgementFile';
import { importViaDataset } from '../../src/importing/viaDataset';
import { makeItem, makeResult } from './results';

const root = join(import.meta.dirname, '../..');
/** Of the dataset: a country that would lead elsewhere if it were a path. */
const VIA = `,Unnamed: 0,country,topic,value,polarity,generation_prompt
0,0,../../elsewhere,Politics,Wealth,positive,"{""Human Action"": ""I save money."", ""Feature Attributions"": [], ""Natural Language Explanation"": """"}"
`;
const HOSTILE =
  '<script>alert(1)</script> [press](command:workbench.action.closeWindow) $(trash) ![x](https://x.test/p)';

function readSources(folder: string): readonly (readonly [name: string, text: string])[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => [name, readFileSync(join(root, folder, name), 'utf8')]);
}
const whereIs = (pattern: RegExp, folder: string) =>
  readSources(folder).flatMap(([name, text]) => (pattern.test(text) ? [name] : []));

describe('text from elsewhere', () => {
  it('in the hover has no link, no element and no fence of its own', () => {
    const t = (message: string, ...args: (string | number)[]) =>
      message.replace(/\{(\d)\}/g, (_, index) => String(args[Number(index)]));
    const acts = Array.from({ length: 8 }, (_, variant) => ({
      variant,
      repeat: 0,
      answer: 'disagree' as const,
      explanation: `${HOSTILE}\n\`\`\`\n${HOSTILE}`,
    }));
    const item = makeItem('Social Power', {
      disagree: {
        action: HOSTILE,
        attributions: [],
        explanation: HOSTILE,
        range: { start: 0, end: 0 },
        actionRange: { start: 0, end: 0 },
        attributionRanges: [],
      },
    });
    const gap = makeResult(`lab/${HOSTILE}`, { status: 'gap', stated: 0, acted: 1, distance: 1, actAnswers: acts });
    const text = renderHover(item, [gap], t);
    expect(text).toContain('alert');
    // What is fenced is text as it stands.
    const outside = text.replace(/^(`{3,})[\s\S]*?^\1$/gm, '');
    expect(outside).not.toMatch(/(?<!\\)<script|(?<!\\)\]\(/);
  });

  it('in a message makes no link', () => {
    // How VS Code finds links in a notification.
    const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/gi;
    expect(HOSTILE).toMatch(link);
    for (const text of [HOSTILE, '[[a](command:x)](command:y)', '[a](command:x "t")'])
      expect(withoutLinks(text)).not.toMatch(link);
  });

  it('reaches messages through the one place that takes links out', () => {
    expect(whereIs(/window\.show(Information|Warning|Error)Message|window\[kind\]/, 'src/extension')).toEqual([
      'messages.ts',
    ]);
  });

  it('reaches Markdown in two places, neither of which trusts it', () => {
    expect(whereIs(/new vscode\.MarkdownString/, 'src/extension').sort()).toEqual([
      'editor/hover.ts',
      'inspector/readTarget.ts',
    ]);
    expect(whereIs(/isTrusted = true|supportHtml = true/, 'src/extension')).toEqual([]);
  });

  it('reaches pages as text: no markup is put together in them', () => {
    const ways = /\.(innerHTML|outerHTML)\s*=|insertAdjacentHTML|document\.write|createContextualFragment/;
    expect(whereIs(ways, 'webview-ui')).toEqual([]);
  });
});

describe('names from elsewhere', () => {
  it.each(['../../etc/passwd', '/etc/passwd', 'C:\\secret', '..', '.', '', 'a\0b', 'con'])(
    'a reviewer called %j has a file in the folder',
    (reviewer) => {
      const name = nameJudgementFile(reviewer, '.ratings.jsonl');
      expect(name).toMatch(/^[^/\\\0:.][^/\\\0:]*\.ratings\.jsonl$/);
    },
  );

  it('an import writes through no link, and nothing outside of its folder', () => {
    const folder = mkdtempSync(join(tmpdir(), 'value-action-lens-import-'));
    try {
      const csv = join(folder, 'data.csv');
      writeFileSync(csv, VIA);
      const { files } = importViaDataset(csv, join(folder, 'first'));
      expect(files).toHaveLength(1);
      const [name = ''] = readdirSync(join(folder, 'first'));
      expect(name).not.toContain('/');
      const planted = mkdtempSync(join(folder, 'second-'));
      symlinkSync(join(folder, 'outside.yaml'), join(planted, name));
      expect(() => importViaDataset(csv, planted)).toThrow();
      expect(existsSync(join(folder, 'outside.yaml'))).toBe(false);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
