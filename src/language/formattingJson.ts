/** Formats one JSON document. */

/** Lists and maps of texts alone stay on their line up to here. */
const LINE_LIMIT = 120;
const INDENT = '  ';

/**
 * The texts and numbers stay as they are written. Undefined for what is no JSON, which includes JSON with comments;
 * never throws.
 */
export function formatJson(source: string): string | undefined {
  try {
    JSON.parse(source);
  } catch {
    return undefined;
  }
  const tokens = source.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
  return `${write(tokens, findLineBreaks(source, tokens))}\n`;
}

function write(tokens: readonly string[], isOpened: ReadonlySet<number>): string {
  let text = '';
  let depth = 0;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] ?? '';
    const next = tokens[at + 1];
    if (token === '{' || token === '[') {
      const end = isOpened.has(at) ? undefined : findEndOfLine(tokens, at);
      if (end !== undefined) {
        text += writeOnLine(tokens.slice(at, end + 1));
        at = end;
        continue;
      }
      depth++;
      text += `${token}\n${INDENT.repeat(depth)}`;
    } else if (token === '}' || token === ']') {
      depth--;
      text += `\n${INDENT.repeat(depth)}${token}`;
    } else if (token === ',') text += `,\n${INDENT.repeat(depth)}`;
    else text += token === ':' ? ': ' : token;
    if (next === undefined) break;
  }
  return text;
}

/** Of a list or map that holds no other and fits on a line: its closing bracket. */
function findEndOfLine(tokens: readonly string[], start: number): number | undefined {
  let length = 0;
  for (let at = start + 1; at < tokens.length; at++) {
    const token = tokens[at] ?? '';
    if (token === '}' || token === ']') return at;
    length += token.length + 1;
    if (token === '{' || token === '[' || length > LINE_LIMIT) return undefined;
  }
  return undefined;
}

function writeOnLine(tokens: readonly string[]): string {
  const content = tokens.slice(1, -1).map((token) => (token === ',' ? ', ' : token === ':' ? ': ' : token));
  const pad = tokens[0] === '{' && content.length > 0 ? ' ' : '';
  return `${tokens[0]}${pad}${content.join('')}${pad}${tokens.at(-1)}`;
}

/** The opening brackets behind which somebody began a new line. */
function findLineBreaks(source: string, tokens: readonly string[]): Set<number> {
  const found = new Set<number>();
  let from = 0;
  for (const [index, token] of tokens.entries()) {
    from = source.indexOf(token, from) + token.length;
    const isEmpty = tokens[index + 1] === '}' || tokens[index + 1] === ']';
    if ((token === '{' || token === '[') && !isEmpty && /^[^\S\n]*\n/.test(source.slice(from, from + 1000)))
      found.add(index);
  }
  return found;
}
