/**
 * Headers of runs that were started together end in the same scenarios, 4 MB for a whole study: these are parsed,
 * checked and held in memory once.
 */
import { createHash } from 'node:crypto';
import type { RunHeader } from '../core/runs/record';
import { checkRunHeader, parseRunHeader } from '../core/runs/runFile';

/** In a line of JSON this stands in no string: there the quotes would be escaped. */
const SCENARIOS = ',"scenarios":[';

export class KnownTexts {
  /** By hash of the text; gone with the last run that has them. */
  private readonly scenarios = new Map<string, WeakRef<RunHeader['scenarios']>>();

  /**
   * @param line the first of a run file
   * @throws {RunFileError} where it is no header of a run
   */
  readHeader(line: string): RunHeader {
    const at = line.indexOf(SCENARIOS);
    // As this program writes a header: all else, then the scenarios. Whatever is otherwise is read as a whole.
    const rest = at < 0 ? undefined : parseObject(`${line.slice(0, at)}}`);
    if (!rest) return parseRunHeader(line);
    const text = line.slice(at + 1);
    const hash = createHash('sha256').update(text).digest('base64');
    const known = this.scenarios.get(hash)?.deref();
    if (known) return { ...checkRunHeader({ ...rest, scenarios: [] }), scenarios: known };
    const texts = parseObject(`{${text}`);
    if (!texts || Object.keys(texts).length > 1) return parseRunHeader(line);
    const header = checkRunHeader({ ...rest, ...texts });
    this.scenarios.set(hash, new WeakRef(header.scenarios));
    return header;
  }
}

function parseObject(text: string): object | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
