// What a hand on the mouse or the keyboard gets from the charts page; each check gives the problems it found.

/** The first row of the ranking, hovered and clicked, leads to its line. */
export async function hoverRow(page) {
  const canvas = page.locator('#stated-acted canvas');
  await canvas.click({ position: { x: 300, y: 60 } });
  const details = await page.locator('#stated-acted .details').textContent();
  return [
    ...expect(details.includes('says agree, acts disagree'), `the hover says: ${details}`),
    ...(await expectReveal(page, 'Social Power')),
  ];
}

/** Arrow keys move, the live region reads the row, Enter leads to its line, Escape lets go. */
export async function moveByKeys(page) {
  await page.locator('#stated-acted canvas').focus();
  for (const key of ['End', 'Home', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowDown']) await page.keyboard.press(key);
  const said = await page.locator('#stated-acted [aria-live]').textContent();
  await page.keyboard.press('Enter');
  return [
    ...expect(said.startsWith('Honoring of Parents and Elders: openai/gpt-4o-mini says agree'), `read out: ${said}`),
    ...(await expectReveal(page, 'Honoring of Parents and Elders')),
  ];
}

/** By keyboard alone: table on, a link followed, a run unticked; while answers come in the focus stays. */
export async function useTable(page) {
  const section = page.locator('#stated-acted');
  await section.getByRole('button', { name: 'Table' }).focus();
  await page.keyboard.press('Enter');
  const link = section.getByRole('button', { name: 'Freedom' }).nth(1);
  await link.focus();
  await page.keyboard.press('Enter');
  const problems = await expectReveal(page, 'Freedom');
  await page.evaluate(() => window.postMessage(window.message, '*'));
  await page.waitForTimeout(50);
  const focused = await page.evaluate(() => document.activeElement?.textContent);
  await page.locator('.run input').nth(0).focus();
  await page.keyboard.press('Space');
  const models = await section.locator('tbody tr td:nth-child(2)').allTextContents();
  return [
    ...problems,
    ...expect(focused === 'Freedom', `after new results the focus is on: ${focused}`),
    ...expect(models.length > 0 && !models.includes('openai/gpt-4o-mini'), 'an unticked run is still in the table'),
  ];
}

/** The heatmap by hand: another grouping and model, a cell by mouse and by keys, its items, and the way back. */
export async function exploreStudy(page) {
  const section = page.locator('#distance-heatmap');
  const canvas = section.locator('canvas');
  const picture = () => canvas.evaluate((element) => element.toDataURL());
  const before = await picture();
  await section.getByRole('button', { name: 'By topic' }).click();
  const byTopic = await picture();
  await section.locator('select').selectOption('llama-3.3-70b');
  const otherModel = await picture();
  await section.getByRole('button', { name: 'By country' }).click();
  await canvas.focus();
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
  const said = await section.locator('[aria-live]').textContent();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('.items .status')?.textContent === '11 items.');
  const about = await page.locator('#items h2').textContent();
  const homeless = await page.locator('#items .lead').textContent();
  await page.keyboard.press('Escape');
  await page.waitForTimeout(50);
  const back = await page.evaluate(() => document.activeElement?.closest('section')?.id);
  const ranking = page.locator('#ranking');
  await ranking.locator('select[name=group]').selectOption({ label: 'Nigeria' });
  const largest = await ranking.locator('select[name=order]').selectOption('gpt-4o-mini');
  return [
    ...expect(before !== byTopic, 'another grouping draws the same heatmap'),
    ...expect(byTopic !== otherModel, 'another model draws the same heatmap'),
    ...expect(said.startsWith('Authority · Pakistan: llama-3.3-70b: distance'), `read out: ${said}`),
    ...expect(about === 'Authority in Pakistan, llama-3.3-70b', `the items say: ${about}`),
    ...expect(homeless.includes('not in the workspace'), `rows without a line say: ${homeless}`),
    ...expect(back === 'distance-heatmap', `after the way back the focus is in: ${back}`),
    ...expect(largest.length === 1, 'the ranking cannot be sorted by a model'),
  ];
}

/** Another theme, another size: drawn anew, nothing cut. */
export async function changeTheme(page, themes) {
  const picture = () => page.evaluate(() => document.querySelector('#stated-acted canvas').toDataURL());
  const before = await picture();
  await page.evaluate(({ bodyClass, variables }) => {
    for (const [key, value] of Object.entries(variables)) document.documentElement.style.setProperty(key, value);
    document.body.className = bodyClass;
  }, themes.light);
  await page.waitForTimeout(100);
  const after = await picture();
  await page.setViewportSize({ width: 480, height: 800 });
  await page.waitForTimeout(200);
  return expect(before !== after, 'the chart kept the colours of the theme before');
}

/** Names from files are text, whatever they look like. */
export async function expectNoMarkup(page) {
  const images = await page.locator('img').count();
  return expect(images === 0, 'a name was taken for markup');
}

async function expectReveal(page, value) {
  const sent = await page.evaluate(() => window.sent.filter((message) => message.type === 'reveal'));
  return expect(sent.length === 1 && sent[0].value === value, `asked to reveal: ${JSON.stringify(sent)}`);
}

function expect(condition, problem) {
  return condition ? [] : [problem];
}
