/** Formats one YAML document. */
import { type CST, type Document, parseDocument, type Scalar, type ScalarTag } from 'yaml';
import { type StringifyContext, stringifyString, stringTag } from 'yaml/util';

/** Undefined where it is broken or empty, or would read differently afterwards. */
export function formatYaml(source: string): string | undefined {
  const document = parse(source);
  if (document.errors.length > 0 || document.contents === null) return undefined;
  try {
    const formatted = closeGap(source, document.toString({ lineWidth: 0, indent: 2, flowCollectionPadding: false }));
    const again = parse(formatted);
    return again.errors.length === 0 && contentOf(again) === contentOf(document) ? formatted : undefined;
  } catch {
    // Aliases that repeat without end, or nesting that is too deep to be written.
    return undefined;
  }
}

/** The writer puts a blank line before the comments at the end, whether or not there was one. */
function closeGap(source: string, formatted: string): string {
  const lines = formatted.split('\n');
  const last = findLastContent(lines);
  const before = source.split('\n');
  const had = before[findLastContent(before) + 1]?.trim() === '';
  return had || lines[last + 1] !== '' || last + 2 >= lines.length
    ? formatted
    : lines.toSpliced(last + 1, 1).join('\n');
}

function findLastContent(lines: readonly string[]): number {
  return lines.findLastIndex((line) => !/^\s*(?:#|$)/.test(line));
}

function parse(source: string) {
  return parseDocument(source, {
    prettyErrors: false,
    keepSourceTokens: true,
    logLevel: 'silent',
    customTags: (tags) => tags.map((tag) => (tag === stringTag ? textTag : tag)),
  });
}

function contentOf(document: Document.Parsed): string {
  return JSON.stringify(document.toJS({ maxAliasCount: 1000 }));
}

/** Texts of several lines keep the lines that their author gave them. */
const textTag: ScalarTag = {
  ...stringTag,
  stringify: (item, context, onComment, onChompKeep) =>
    keepLines(item as Scalar, context) ??
    stringifyString(item as Scalar, { actualString: true, ...context }, onComment, onChompKeep),
};

function keepLines(item: Scalar, { indent, implicitKey }: StringifyContext): string | undefined {
  const token = item.srcToken as CST.Token | undefined;
  // A comment would have to go in between.
  if (!token || implicitKey || item.comment) return undefined;
  if (token.type === 'block-scalar') return keepBlock(token, indent);
  const isText =
    token.type === 'scalar' || token.type === 'double-quoted-scalar' || token.type === 'single-quoted-scalar';
  if (!isText || !token.source.includes('\n') || indent === '') return undefined;
  const lines = token.source.split('\n').map((line, at) => (at === 0 ? line.trimEnd() : line.trim()));
  return lines.map((line, at) => (at === 0 || line === '' ? line : indent + line)).join('\n');
}

function keepBlock({ props, source }: CST.BlockScalar, indent: string): string | undefined {
  const header = props.find((prop) => prop.type === 'block-scalar-header');
  const style = header && 'source' in header ? header.source : '';
  // With the blank lines at its end, or the depth, as part of the text it is not for us to rearrange.
  if (!/^[|>]-?$/.test(style) || indent === '') return undefined;
  const lines = source.trimEnd().split('\n');
  const depth = /^ */.exec(lines.find((line) => line.trim() !== '') ?? '')?.[0].length ?? 0;
  const kept = lines.map((line) => (line.trim() === '' ? '' : indent + line.slice(depth)));
  return [style, ...kept].join('\n');
}
