/** The requests of one chunk on disk, as an endpoint takes them: one a line. */
import { type FileHandle, open, rm } from 'node:fs/promises';
import { explainWriteError } from '../writeErrors';

export interface ChunkLimits {
  readonly requests: number;
  readonly bytes: number;
}

/** Of the OpenAI Batch API: 50,000 requests and 200 MB a file. */
export const API_LIMITS: ChunkLimits = { requests: 50_000, bytes: 200_000_000 };

/** Bytes that are gathered before they are written. */
const GATHERED = 1 << 20;

/** Every method throws {JournalError} where the disk does not take it. */
export class ChunkFile {
  requests = 0;
  first = -1;
  last = -1;
  private bytes = 0;
  private gathered: string[] = [];
  private gatheredBytes = 0;

  private constructor(
    readonly path: string,
    private readonly handle: FileHandle,
    private readonly limits: ChunkLimits,
  ) {}

  static async create(path: string, limits: ChunkLimits): Promise<ChunkFile> {
    try {
      return new ChunkFile(path, await open(path, 'w'), limits);
    } catch (error) {
      throw explainWriteError(path, error);
    }
  }

  hasRoomFor(line: string): boolean {
    return this.requests < this.limits.requests && this.bytes + byteLength(line) <= this.limits.bytes;
  }

  async add(number: number, line: string): Promise<void> {
    if (this.requests === 0) this.first = number;
    this.last = number;
    this.requests++;
    const bytes = byteLength(line);
    this.bytes += bytes;
    this.gatheredBytes += bytes;
    this.gathered.push(line, '\n');
    if (this.gatheredBytes >= GATHERED) await this.flush();
  }

  async finish(): Promise<void> {
    await this.flush();
    await this.handle.close();
  }

  async remove(): Promise<void> {
    await this.handle.close().catch(() => undefined);
    await rm(this.path, { force: true }).catch(() => undefined);
  }

  private async flush(): Promise<void> {
    const text = this.gathered.join('');
    this.gathered = [];
    this.gatheredBytes = 0;
    try {
      await this.handle.appendFile(text);
    } catch (error) {
      throw explainWriteError(this.path, error);
    }
  }
}

/** With the line end. */
export function byteLength(line: string): number {
  return Buffer.byteLength(line) + 1;
}
