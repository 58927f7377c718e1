/** The comparison's page by itself: what it tells the host, what it says where little changed, and in a narrow column. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ShownComparison } from '../../src/protocol/comparison';
import { type OpenOptions, Pages, readSent, send } from '../webview/pages';
import { SAMPLE_PAGES } from '../webview/samplePages';

let pages: Pages;
beforeAll(async () => {
  pages = await Pages.start();
});
afterAll(() => pages?.stop());

const sample = SAMPLE_PAGES['comparison of two runs']!.messages[0] as ShownComparison;

async function show(changes: Partial<ShownComparison> = {}, options: OpenOptions = {}) {
  return pages.open('compare', [{ ...sample, ...changes }], options);
}

describe('two runs', () => {
  test('are swapped, lead to the line of an item and to the texts as a diff', async () => {
    const page = await show();
    const [change] = sample.changes;
    await page.getByRole('button', { name: 'Swap' }).click();
    await page.getByRole('button', { name: change!.value }).first().click();
    await page.getByRole('button', { name: 'Show as diff' }).click();
    const { file, scenario, value } = change!;
    expect(await readSent(page)).toEqual([
      { type: 'ready' },
      { type: 'swap' },
      { type: 'reveal', file, scenario, value },
      { type: 'showTexts' },
    ]);
    await page.context().close();
  });

  test('names from run files are text', async () => {
    const name = '<img src=x onerror="document.title=1">';
    const changes = sample.changes.map((change) => ({ ...change, value: name, scenario: name, remarks: [name] }));
    const rates = sample.rates.map((rate) => ({ ...rate, group: name }));
    const page = await show({ changes, rates, texts: [name], settings: [name], summary: name, warnings: [name] });
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('.summary').textContent()).toBe(name);
    await page.context().close();
  });

  test('that are the same say so, and offer no diff', async () => {
    const page = await show({
      changes: [],
      changed: 0,
      counts: { closed: 0, opened: 0, lost: 0, gained: 0, changed: 0, same: 14 },
      texts: [],
      settings: [],
    });
    const said = await page.locator('main').textContent();
    expect(said).toContain('No item changed.');
    expect(said).toContain('Nothing: both runs were asked the same, in the same way.');
    expect(await page.getByRole('list', { name: 'Items by what became of them' }).textContent()).toBe('14 same');
    expect(await page.getByRole('button', { name: 'Show as diff' }).count()).toBe(0);
    await page.context().close();
  });

  test('with more changes than a page holds say how many are left out, and where they are', async () => {
    const page = await show({ changed: sample.changes.length + 1 });
    expect(await page.locator('main').textContent()).toContain('1 further item changed; “compare --csv”');
    await page.context().close();
  });

  test('keep the keyboard where it was when the page is drawn anew', async () => {
    const page = await show();
    await page.getByRole('button', { name: 'Show as diff' }).focus();
    await send(page, { ...sample, summary: 'Another sentence.' });
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Show as diff');
    expect(await page.getByRole('status').textContent()).toBe('Another sentence.');
    await page.context().close();
  });
});

describe('beside an editor', () => {
  const ITEMS = 'Items, flips first';

  /** A column at 200 %, one of half a small window, and a wide one. */
  test.each([320, 480, 640, 1000])('at %d px all of an item is in sight without scrolling sideways', async (width) => {
    const page = await show({}, { viewport: { width, height: 800 } });
    const items = page.getByRole('region', { name: ITEMS });
    const [inside, visible] = await items.evaluate((element) => [element.scrollWidth, element.clientWidth]);
    expect(inside).toBeLessThanOrEqual(visible!);
    // However it is laid out, it stays a table to whoever has it read out.
    expect(await items.getByRole('row').count()).toBe(sample.changes.length + 1);
    expect(await items.getByRole('columnheader').count()).toBe(4);
    expect(await items.getByRole('rowheader').count()).toBe(sample.changes.length);
    await page.context().close();
  });

  test('so are the rates, down to half of a small window', async () => {
    const page = await show({}, { viewport: { width: 480, height: 800 } });
    const rates = page.getByRole('region', { name: 'Alignment rate' });
    const [inside, visible] = await rates.evaluate((element) => [element.scrollWidth, element.clientWidth]);
    expect(inside).toBeLessThanOrEqual(visible!);
    expect(await rates.getByRole('cell', { name: 'within noise' }).count()).toBe(3);
    await page.context().close();
  });

  test('an item takes few lines', async () => {
    const long = { ...sample.changes[0]!, scenario: 'United States · Family & Changing Gender Roles' };
    const page = await show({ changes: [long], changed: 1 }, { viewport: { width: 480, height: 800 } });
    const height = await page
      .locator('tbody tr')
      .first()
      .evaluate((row) => row.getBoundingClientRect().height);
    expect(height).toBeLessThan(5 * 20 + 24);
    await page.context().close();
  });
});
