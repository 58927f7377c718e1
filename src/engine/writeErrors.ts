/** Why something could not be written, for people. */
import { JournalError } from './ports';

const CAUSES: Readonly<Record<string, string>> = {
  ENOSPC: 'There is no space left on the disk. Free some, then run again',
  EDQUOT: 'Your disk quota is used up. Free some space, then run again',
  EACCES: 'Writing there is not allowed. Change the permissions, or choose another place',
  EPERM: 'Writing there is not allowed. Change the permissions, or choose another place',
  EROFS: 'The disk is read-only. Choose another place',
  EEXIST: 'The file exists already, and a run is never overwritten. Choose another name, or delete it',
  ENOENT: 'There is no such file or folder. Choose another place',
  ENOTDIR: 'A part of the path is a file, not a folder. Choose another place',
  EISDIR: 'It is a folder. Name a file',
};

export function explainWriteError(path: string, error: unknown): JournalError {
  if (error instanceof JournalError) return error;
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? '';
  const said = CAUSES[code] ?? `${error instanceof Error ? error.message : String(error)}. Choose another place`;
  return new JournalError(`The run file ${path} cannot be written. ${said}. What was written so far is kept.`, {
    cause: error,
  });
}
