/** Run files name scenario files by path; those paths come from outside and lead nowhere but into the folder. */
import path from 'node:path';

/** Absolute path of `file` (from the folder, with `/`), or undefined where it is empty or leads out of the folder. */
export function resolveInside(folder: string, file: string): string | undefined {
  if (file === '' || file.includes('\0') || path.isAbsolute(file) || path.win32.isAbsolute(file)) return undefined;
  const resolved = path.resolve(folder, file);
  return relativeInside(folder, resolved) === undefined ? undefined : resolved;
}

/** Path from the folder with `/`, or undefined where `file` is not inside it. */
export function relativeInside(folder: string, file: string): string | undefined {
  const relative = path.relative(folder, file);
  if (relative === '' || path.isAbsolute(relative) || relative.split(path.sep)[0] === '..') return undefined;
  return relative.split(path.sep).join('/');
}
