/** Keeps the folder of known answers within its size. */
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Room is made for more than the next answer, so that not every run has to. */
const SHARE_TO_KEEP = 0.9;

/** Deletes the files that were not used for the longest time until the rest is well below `maxBytes`. */
export async function trimShelves(folder: string, maxBytes: number): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jsonl'));
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      // Another process may have deleted it meanwhile.
      const found = await stat(path).catch(() => undefined);
      return { path, bytes: found?.size ?? 0, usedMs: found?.mtimeMs ?? 0 };
    }),
  );
  let total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total <= maxBytes) return;
  for (const { path, bytes } of files.sort((a, b) => a.usedMs - b.usedMs)) {
    if (total <= maxBytes * SHARE_TO_KEEP) return;
    await rm(path, { force: true });
    total -= bytes;
  }
}
