/** The input at the top of the workbench: the command palette, the file picker, what commands ask. */
import type { Locator, Page } from 'playwright-core';

const ATTEMPTS = 6;
const APPEAR_MS = 3_000;
const ROW_MS = 6_000;
const TAKEN_MS = 5_000;

export class QuickInput {
  constructor(private readonly page: Page) {}

  get input(): Locator {
    return this.page.locator('.quick-input-widget input.input').first();
  }

  /** The row whose label is `label`; where there is none, the first whose label contains it. */
  async row(label: string): Promise<Locator> {
    const labels = this.page.locator('.quick-input-list').getByRole('option').locator('.monaco-icon-label');
    const containing = labels.filter({ hasText: label });
    await containing.first().waitFor({ timeout: ROW_MS });
    const whole = new RegExp(`^\\s*${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
    const equal = labels.filter({ has: this.page.locator('.label-name', { hasText: whole }) });
    return (await equal.count()) > 0 ? equal.first() : containing.first();
  }

  /**
   * Opens the input with `key`, types `text` and waits for the row `label`. A key can be lost while the workbench loads,
   * an editor that takes the focus a moment late closes the input, and a list can be older than the text: whatever it
   * is, the input is closed and opened again.
   * @returns the row, in view under the text as typed
   * @throws Error that says what stood there instead, after 6 attempts
   */
  async find(key: string, text: string, label: string): Promise<Locator> {
    const seen: string[] = [];
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        await this.page.keyboard.press(key);
        await this.input.waitFor({ timeout: APPEAR_MS });
        await this.input.fill(text, { timeout: APPEAR_MS });
        const row = await this.row(label);
        if ((await this.input.inputValue({ timeout: APPEAR_MS })) === text) return row;
      } catch (error) {
        if (this.page.isClosed()) throw error;
      }
      seen.push(await this.describe());
      await this.close();
    }
    const attempts = seen.map((one, at) => `${at + 1}. ${one}`).join('\n');
    throw new Error(`"${label}" was not offered for "${text}" in ${ATTEMPTS} attempts:\n${attempts}`);
  }

  /**
   * Finds a row and chooses it; done when the input has gone or asks something else. A row that could not be clicked,
   * or still stands under its text, was not chosen: it is looked for again.
   */
  async choose(key: string, text: string, label: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const row = await this.find(key, text, label);
      try {
        await row.click({ timeout: TAKEN_MS });
        await this.waitUntilTaken(text);
        return;
      } catch (error) {
        if (attempt === 3) throw error;
        await this.close();
      }
    }
  }

  private async waitUntilTaken(text: string): Promise<void> {
    const deadline = Date.now() + TAKEN_MS;
    while ((await this.readText()) === text) {
      if (Date.now() > deadline) throw new Error(`"${text}" still stands in the input after its row was chosen.`);
      await this.page.waitForTimeout(50);
    }
  }

  private async close(): Promise<void> {
    for (let press = 0; press < 3 && (await this.input.isVisible()); press++) {
      await this.page.keyboard.press('Escape');
      await this.input.waitFor({ state: 'hidden', timeout: 1_000 }).catch(() => {});
    }
  }

  /** Undefined where the input is not on screen. */
  private async readText(): Promise<string | undefined> {
    if (!(await this.input.isVisible())) return undefined;
    return this.input.inputValue({ timeout: 500 }).catch(() => undefined);
  }

  private async describe(): Promise<string> {
    const text = await this.readText();
    if (text === undefined) return 'there was no input';
    const rows = await this.page.locator('.quick-input-list').getByRole('option').allInnerTexts();
    const shown = rows.slice(0, 5).map((row) => row.replace(/\s+/g, ' ').trim());
    return `"${text}" stood in the input, over ${rows.length} rows: ${shown.join(' | ') || '(none)'}`;
  }
}
