// Folders that are installed once, whole or not at all.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const stampName = '.installed';

/**
 * Fills `folder` by `install(fresh)` unless that was done before. The work happens in a sibling that is renamed at the
 * end, so that an interrupted install never counts and two at once do not meet. The sibling has a package.json, so that
 * npm does not look for one further up.
 * @param {string} folder absolute path
 * @param {(fresh: string) => void | Promise<void>} install fills the empty folder that it is given
 */
export async function installedFolder(folder, install) {
  if (isInstalled(folder)) return;
  mkdirSync(dirname(folder), { recursive: true });
  removeAbandoned(folder);
  const fresh = mkdtempSync(`${folder}.tmp-`);
  writeFileSync(join(fresh, 'package.json'), '{ "private": true }\n');
  try {
    await install(fresh);
    writeFileSync(join(fresh, stampName), `${new Date().toISOString()}\n`);
    if (!isInstalled(folder)) {
      rmSync(folder, { recursive: true, force: true });
      renameSync(fresh, folder);
    }
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Whether an earlier install of `folder` went through. */
export function isInstalled(folder) {
  return existsSync(join(folder, stampName));
}

function removeAbandoned(folder) {
  const prefix = `${basename(folder)}.tmp-`;
  for (const name of readdirSync(dirname(folder))) {
    if (!name.startsWith(prefix)) continue;
    const abandoned = join(dirname(folder), name);
    // No install takes an hour; a younger folder may be somebody else's at work.
    const { mtimeMs } = statSync(abandoned, { throwIfNoEntry: false }) ?? { mtimeMs: Number.POSITIVE_INFINITY };
    if (Date.now() - mtimeMs > 3_600_000) rmSync(abandoned, { recursive: true, force: true });
  }
}
