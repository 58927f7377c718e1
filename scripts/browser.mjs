// Headless Chromium on the test host's workbench.
import { chromium } from 'playwright-core';

const args = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
];

/**
 * @param {string} executablePath from `ensureChromium`
 * @returns {Promise<import('playwright-core').Browser>} to be closed by the caller
 */
export function launchBrowser(executablePath) {
  return chromium.launch({ executablePath, args, headless: true });
}
