/** Text of a file that somebody else made, gzipped or not. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { ImportError } from '../core/dataset/viaCsv';

/** Far above the released dataset (10 MB); a gzip bomb stops here (bytes). */
const LARGEST_TEXT = 512 * 1024 * 1024;

/** @throws {ImportError} where the file cannot be read or unpacked. */
export function readImportedText(path: string): string {
  const bytes = readBytes(path);
  // Gzip is known by its first two bytes, whatever the file is called.
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString('utf8');
  try {
    return gunzipSync(bytes, { maxOutputLength: LARGEST_TEXT }).toString('utf8');
  } catch {
    throw new ImportError(`${path} is a gzip file that is cut, damaged or too large. Fetch it again.`);
  }
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new ImportError(`${path} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}
