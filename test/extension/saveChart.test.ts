/** What the charts panel hands over becomes a file, or a message that says why not. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fromChartsSchema } from '../../src/protocol/charts';

const host = vi.hoisted(() => ({
  chosen: undefined as { fsPath: string } | undefined,
  asked: [] as { defaultUri?: { fsPath: string } }[],
  written: [] as { path: string; bytes: Uint8Array }[],
  failure: undefined as Error | undefined,
  errors: [] as string[],
}));

vi.mock('vscode', () => ({
  Uri: { joinPath: ({ fsPath }: { fsPath: string }, name: string) => ({ fsPath: `${fsPath}/${name}` }) },
  l10n: { t: (text: string, ...parts: unknown[]) => text.replace(/\{(\d)\}/g, (_, at) => String(parts[at])) },
  window: {
    showSaveDialog: async (options: { defaultUri?: { fsPath: string } }) => {
      host.asked.push(options);
      return host.chosen;
    },
    showErrorMessage: async (text: string) => void host.errors.push(text),
    setStatusBarMessage: () => {},
  },
  workspace: {
    workspaceFolders: [{ uri: { fsPath: '/ws' } }],
    asRelativePath: ({ fsPath }: { fsPath: string }) => fsPath,
    fs: {
      writeFile: async ({ fsPath }: { fsPath: string }, bytes: Uint8Array) => {
        if (host.failure) throw host.failure;
        host.written.push({ path: fsPath, bytes });
      },
    },
  },
}));

const { formatTable, saveChart } = await import('../../src/extension/panels/saveChart');
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]).toString('base64');

describe('saveChart', () => {
  beforeEach(() => {
    Object.assign(host, { chosen: { fsPath: '/ws/a.png' }, asked: [], written: [], failure: undefined, errors: [] });
  });

  it('offers the workspace and a name, and writes the bytes', async () => {
    await saveChart('ranking', { form: 'png', content: PNG });
    expect(host.asked[0]?.defaultUri?.fsPath).toBe('/ws/ranking.png');
    expect(host.written.map(({ path, bytes }) => [path, bytes.length, bytes[0]])).toEqual([['/ws/a.png', 9, 0x89]]);
  });

  it('writes nothing where nobody chose a place', async () => {
    host.chosen = undefined;
    await saveChart('ranking', { form: 'svg', content: '<?xml?>' });
    expect([host.written, host.errors]).toEqual([[], []]);
  });

  it('says what went wrong, where, and what to do', async () => {
    host.failure = new Error('no space left');
    await saveChart('ranking', { form: 'svg', content: '<?xml?>' });
    expect(host.errors).toEqual(['/ws/a.png could not be saved: no space left. Choose another place.']);
  });

  it('lets no name become a formula, and leaves numbers alone', () => {
    const rows = [['=1+1', -0.25, 'a "b", c']];
    expect(formatTable({ form: 'csv', columns: ['Value', 'κ', '@x'], rows })).toBe(
      'Value,κ,"\'@x"\r\n"\'=1+1",-0.25,"a ""b"", c"\n',
    );
  });
});

describe('the message', () => {
  const check = (chart: string, saved: unknown) => fromChartsSchema.safeParse({ type: 'save', chart, saved }).success;

  it('names no place outside of a folder', () => {
    const saved = { form: 'png', content: PNG };
    expect([check('stated-acted', saved), check('../x', saved), check('a/b', saved), check('', saved)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('holds what it says it holds, and not too much of it', () => {
    expect(check('a', { form: 'png', content: Buffer.from('<svg>').toString('base64') })).toBe(false);
    expect(check('a', { form: 'svg', content: '<script>' })).toBe(false);
    expect(check('a', { form: 'svg', content: `<?xml${' '.repeat(16_000_000)}` })).toBe(false);
    expect(check('a', { form: 'csv', columns: ['a'], rows: [['x'.repeat(2_001)]] })).toBe(false);
    expect(check('a', { form: 'exe', content: 'MZ' })).toBe(false);
  });
});
