/** How texts are written into a scenario file, so that they are read again as they are. Everything stays on its line. */
import { stringify } from 'yaml';

/** `block`: behind a key or a dash; `flow`: in the brackets of YAML; `json`: in those of JSON. */
export type Notation = 'block' | 'flow' | 'json';

/** A text as a scalar: plain where that is safe. */
export function writeScalar(text: string, notation: Notation): string {
  if (notation === 'json' || UNSEEN.test(text) || RESERVED.test(text)) return quote(text);
  if (notation === 'flow') return PLAIN_IN_BRACKETS.test(text) ? text : quote(text);
  return stringify(text, { lineWidth: 0, blockQuote: false }).trimEnd();
}

export function writeFlowList(texts: readonly string[], notation: Notation): string {
  const inside = notation === 'json' ? 'json' : 'flow';
  return `[${texts.map((text) => writeScalar(text, inside)).join(', ')}]`;
}

const PLAIN_IN_BRACKETS = /^\p{L}(?:[\p{L}\p{N} .!?;()'’-]*[\p{L}\p{N}.!?;)’])?$/u;
/** Words that some readers of YAML take for something else than text. */
const RESERVED = /^(?:null|true|false|y|n|yes|no|on|off)$/i;
/** Control characters, line and paragraph separators, marks of direction, and other signs that nobody sees. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Cn}\p{Co}]/u;
const UNSEEN_EACH =
  /[\u007f-\u009f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]/g;

/** The quotes and escapes that JSON and YAML have in common. */
function quote(text: string): string {
  return JSON.stringify(text).replace(UNSEEN_EACH, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
