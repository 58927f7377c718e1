/** Lines of a download, without holding the download. */
import { StringDecoder } from 'node:string_decoder';
import { ModelError } from '../../models/client';

export interface DownloadedLine {
  readonly text: string;
  /** False for a last line without a line end, which may have been cut. */
  readonly isWhole: boolean;
}

/** Characters; an answer is a few thousand. */
const LONGEST_LINE = 1 << 25;

/** @throws {ModelError} `fail` where a line is longer than any answer. */
export async function* splitDownload(
  bytes: AsyncIterable<Uint8Array>,
  longest = LONGEST_LINE,
): AsyncGenerator<DownloadedLine> {
  const decoder = new StringDecoder('utf8');
  let parts: string[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    const [first = '', ...rest] = decoder.write(chunk as Buffer).split('\n');
    parts.push(first);
    length += first.length;
    if (length > longest) {
      throw new ModelError('bad-response', 'fail', 'The downloaded file holds a line longer than any answer.');
    }
    for (const next of rest) {
      yield { text: parts.join(''), isWhole: true };
      parts = [next];
      length = next.length;
    }
  }
  parts.push(decoder.end());
  const last = parts.join('');
  if (last !== '') yield { text: last, isWhole: false };
}
