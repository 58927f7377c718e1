/** HTML and SVG built from elements: plain strings are text and always escaped, only elements are markup. */

export interface Markup {
  readonly markup: string;
}

export type Child = Markup | string | number | undefined | readonly Child[];

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** HTML elements that have no end tag. SVG has none of these names. */
const VOID = new Set(['meta', 'br', 'col']);

/** `<name a="b">children</name>`; attributes that are undefined are left out. `name` and its attributes' names are code, never data. */
export function element(name: string, attributes: Attributes, ...children: readonly Child[]): Markup {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeMarkup(typeof value === 'number' ? round(value) : String(value))}"`)
    .join('');
  if (VOID.has(name)) return { markup: `<${name}${written}>` };
  return { markup: `<${name}${written}>${children.map(write).join('')}</${name}>` };
}

/** Elements one after the other. */
export function join(children: readonly Child[]): Markup {
  return { markup: children.map(write).join('') };
}

function write(child: Child): string {
  if (child === undefined) return '';
  if (typeof child === 'string') return escapeMarkup(child);
  if (typeof child === 'number') return round(child);
  return 'markup' in child ? child.markup : child.map(write).join('');
}

/** Two decimals are a hundredth of a pixel. */
function round(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** Characters that no XML may hold, not even escaped: a value may be named with any of them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeMarkup(text: string): string {
  return text.replace(FORBIDDEN, '\ufffd').replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
