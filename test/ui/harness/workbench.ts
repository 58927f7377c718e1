/** The workbench as a test sees it: what a person can find and do there. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { QuickInput } from './quickInput';

const themes = {
  dark: { label: 'Dark Modern', shown: '.vs-dark' },
  light: { label: 'Light Modern', shown: '.vs' },
  highContrast: { label: 'Dark High Contrast', shown: '.hc-black' },
  highContrastLight: { label: 'Light High Contrast', shown: '.hc-light' },
} as const;
export type Theme = keyof typeof themes;

/** The views of the side bar, by their titles. */
export type View = 'Scenarios' | 'Gaps' | 'Models' | 'Runs';

/** What a loaded machine may take for what takes a second on an idle one. */
const PATIENCE_MS = 30_000;

export class Workbench {
  private readonly quick: QuickInput;

  constructor(
    readonly page: Page,
    private readonly screenshotFolder: string,
  ) {
    page.setDefaultTimeout(PATIENCE_MS);
    this.quick = new QuickInput(page);
  }

  /** The settings arrive after the first paint: ready when their theme is there. */
  async waitUntilReady(): Promise<void> {
    await this.page.locator('.monaco-workbench.vs-dark').waitFor({ timeout: 60_000 });
  }

  /**
   * Shows a view container by its title in the activity bar. A click hides what is shown, and after a reload the
   * workbench brings the container back by itself, perhaps just before the click: it counts when it stays.
   */
  async openView(title: string): Promise<void> {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name: title });
    await tab.waitFor({ timeout: 60_000 });
    const heading = this.sideBar.getByRole('heading', { name: title });
    await this.until(`the view ${title} to be there and stay`, async () => {
      if (!(await heading.isVisible()) && (await tab.getAttribute('aria-expanded')) !== 'true') await tab.click();
      await heading.waitFor({ timeout: 5_000 }).catch(() => {});
      await this.page.waitForTimeout(400);
      return heading.isVisible();
    });
  }

  get sideBar(): Locator {
    return this.page.locator('.part.sidebar');
  }

  /** The row of a tree in the side bar whose label or description contains `text`. A model is named in many views. */
  treeRow(text: string | RegExp, view?: View): Locator {
    const area = view ? this.viewArea(view) : this.sideBar;
    return area.getByRole('treeitem').filter({ hasText: text }).first();
  }

  private viewArea(view: View): Locator {
    const header = this.page.getByRole('button', { name: new RegExp(`^${view} Section`) });
    return this.sideBar.locator('.pane').filter({ has: header });
  }

  /** The same, where the row may be out of view: a tree draws only what is in view. */
  async findTreeRow(text: string | RegExp, view: View): Promise<Locator> {
    const row = this.treeRow(text, view);
    const tree = this.viewArea(view).getByRole('tree');
    await this.until(`a tree row with ${text}`, async () => {
      if (await row.isVisible()) return true;
      await tree.hover();
      await this.page.mouse.wheel(0, -100_000);
      for (let step = 0; step < 30; step++) {
        await this.page.waitForTimeout(60);
        if (await row.isVisible()) return true;
        await this.page.mouse.wheel(0, 60);
      }
      return false;
    });
    return row;
  }

  /** Ticks (or unticks) the checkbox of a row of the Models view. */
  async tick(text: string | RegExp, ticked = true): Promise<void> {
    const box = this.treeRow(text, 'Models').locator('.monaco-custom-toggle');
    if ((await box.getAttribute('aria-checked')) === String(ticked)) return;
    await box.click();
    await this.until(`the row ${text} to be ${ticked ? 'ticked' : 'unticked'}`, async () => {
      return (await box.getAttribute('aria-checked')) === String(ticked);
    });
  }

  /** Presses an inline button of a tree row, such as "Run Evaluation". */
  async pressRowAction(text: string | RegExp, action: string, view?: View): Promise<void> {
    const row = this.treeRow(text, view);
    await row.hover();
    await row.getByRole('button', { name: action }).click();
  }

  /** Runs a command by its full title, "Value-Action Lens: Run Evaluation". */
  async runCommand(title: string): Promise<void> {
    await this.quick.choose('F1', `>${title}`, title);
  }

  /** Finds a command, so that only the choosing is left to be timed. @returns its row, to be clicked */
  findCommand(title: string): Promise<Locator> {
    return this.quick.find('F1', `>${title}`, title);
  }

  /** Opens a file of the workspace in the editor, by its name. */
  async openFile(name: string): Promise<void> {
    await this.quick.choose('Control+p', name, name);
    await this.page.locator('.tabs-container').getByRole('tab', { name }).waitFor();
    await this.page.locator('.editor-instance .view-line').first().waitFor();
  }

  /** Types an answer into the input box that a command opened. */
  async answerInput(text: string): Promise<void> {
    await this.quickInput.fill(text);
    await this.quickInput.press('Enter');
  }

  /** Chooses the entry of an open quick pick whose label is or contains `label`. */
  async pick(label: string): Promise<void> {
    await (await this.quick.row(label)).click();
  }

  get quickInput(): Locator {
    return this.quick.input;
  }

  /**
   * The texts that decorations put after the text of the lines in view, top to bottom.
   * The dumbbells and sentences at the end of an item's line are such texts.
   */
  async decorationTexts(): Promise<string[]> {
    const contents: string[] = await this.page.evaluate(`
      [...document.querySelectorAll('.editor-instance .view-line')]
        .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
        .flatMap((line) => [...line.querySelectorAll('span')])
        .map((span) => getComputedStyle(span, '::after').content)
        .filter((content) => content.startsWith('"'))
    `);
    // `content` is a quoted CSS string; spaces are no-break there.
    return contents.map((content) => unquote(content).replaceAll('\u00a0', ' '));
  }

  /** Waits for a decoration text that contains `text` (or matches), and gives it. */
  async decoration(text: string | RegExp): Promise<string> {
    let found: string | undefined;
    await this.until(`a decoration with ${text}`, async () => {
      const texts = await this.decorationTexts();
      found = texts.find((one) => (typeof text === 'string' ? one.includes(text) : text.test(one)));
      return found !== undefined;
    });
    return found!;
  }

  /** How many marks the gutter shows beside the lines in view. */
  async gutterMarks(): Promise<number> {
    return this.page.locator('.editor-instance .glyph-margin-widgets .cgmr').count();
  }

  /** The content of the webview in view; one at a time. */
  webviewFrame(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }

  /** The text of the notifications on screen. */
  async notifications(): Promise<string[]> {
    return this.page.locator('.notifications-toasts .notification-list-item-message').allInnerTexts();
  }

  /** Waits for a notification that contains `text` (or matches). */
  async notification(text: string | RegExp): Promise<Locator> {
    const toast = this.page.locator('.notifications-toasts .notification-list-item').filter({ hasText: text }).first();
    await toast.waitFor();
    return toast;
  }

  async clearNotifications(): Promise<void> {
    await this.runCommand('Notifications: Clear All Notifications');
  }

  async setTheme(theme: Theme): Promise<void> {
    const { label, shown } = themes[theme];
    await this.runCommand('Preferences: Color Theme');
    await this.quickInput.fill(label);
    await this.pick(label);
    await this.page.locator(`.monaco-workbench${shown}`).waitFor();
  }

  /** Saves what is on screen as `NAME.png` in test-output/screenshots/. @returns its path */
  async screenshot(name: string): Promise<string> {
    mkdirSync(this.screenshotFolder, { recursive: true });
    const path = join(this.screenshotFolder, `${name}.png`);
    await this.page.screenshot({ path, animations: 'disabled', caret: 'hide' });
    return path;
  }

  /**
   * Saves what is on screen, and the notifications there are, for whoever reads why a test failed: NAME.png and
   * NAME.txt in test-output/screenshots/failures/.
   * @returns the path of the text
   */
  async recordFailure(name: string): Promise<string> {
    const folder = join(this.screenshotFolder, 'failures');
    mkdirSync(folder, { recursive: true });
    const path = join(folder, name.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 120));
    const notifications = await this.notifications();
    const focused = await this.page.evaluate(
      'document.hasFocus() + " " + document.activeElement?.tagName + "." + document.activeElement?.className',
    );
    writeFileSync(`${path}.txt`, [`Focus: ${focused}`, 'Notifications:', ...notifications, ''].join('\n'));
    await this.page.screenshot({ path: `${path}.png`, timeout: 10_000 });
    return `${path}.txt`;
  }

  /** Waits until `holds` gives true, asking every 100 ms. @throws Error that names `what` after `ms` */
  async until(what: string, holds: () => Promise<boolean>, ms = PATIENCE_MS): Promise<void> {
    const deadline = Date.now() + ms;
    while (!(await holds())) {
      if (Date.now() > deadline) throw new Error(`Waited ${ms / 1000} s for ${what}.`);
      await this.page.waitForTimeout(100);
    }
  }
}

function unquote(content: string): string {
  return content.slice(1, -1).replace(/\\(.)/g, '$1');
}
