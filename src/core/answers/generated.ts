/** Reads what a model wrote when it was asked for a value-informed action. */
import { jsonrepair } from 'jsonrepair';
import { isRefusal } from './refusal';

export type GeneratedAction =
  | {
      readonly kind: 'action';
      readonly action: string;
      readonly attributions: readonly string[];
      readonly explanation?: string;
      /** The text was cut or broken, and what is here was saved from it. */
      readonly recovered: boolean;
    }
  | { readonly kind: 'refused' | 'unparsed' };

/** The keys the generation prompt asks for, in the order it asks for them. */
const KEYS = ['Human Action', 'Feature Attributions', 'Natural Language Explanation'] as const;

/** Never throws; nothing is invented. */
export function readGenerated(raw: string): GeneratedAction {
  const body = cutObject(raw);
  if (body === undefined) return { kind: isRefusal(raw) ? 'refused' : 'unparsed' };
  const strict = readStrict(body);
  if (strict) return strict;
  const whole = scanKeys(body) ?? readRepaired(body);
  if (whole?.kind === 'action' && whole.attributions.length > 0) return whole;
  return salvageAction(body) ?? whole ?? { kind: 'unparsed' };
}

/** From the first brace to the last, or to the end where the closing one is missing. */
function cutObject(raw: string): string | undefined {
  const start = raw.indexOf('{');
  if (start < 0) return undefined;
  const end = raw.lastIndexOf('}');
  return raw.slice(start, end > start ? end + 1 : undefined);
}

function readStrict(body: string): GeneratedAction | undefined {
  try {
    return fromObject(JSON.parse(body), false);
  } catch {
    return undefined;
  }
}

function readRepaired(body: string): GeneratedAction | undefined {
  try {
    return fromObject(JSON.parse(jsonrepair(body)), true);
  } catch {
    return undefined;
  }
}

function fromObject(parsed: unknown, recovered: boolean): GeneratedAction | undefined {
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const [action, attributions, explanation] = KEYS.map((key) => (parsed as Record<string, unknown>)[key]);
  if (typeof action !== 'string' || action.trim() === '') return undefined;
  return {
    kind: 'action',
    action,
    attributions: Array.isArray(attributions) ? attributions.filter((span) => typeof span === 'string') : [],
    ...(typeof explanation === 'string' && { explanation }),
    recovered,
  };
}

/**
 * Objects in single quotes whose texts hold apostrophes ("others' welfare") cannot be told apart quote by quote.
 * The known keys can: each text runs to the next key.
 */
const SCAN = new RegExp(
  `^\\{\\s*${KEYS.map((key, at) => `['"]${key}['"]\\s*:\\s*(${at === 1 ? '\\[.*?\\]' : `(['"]).*?(?:\\${at === 0 ? 2 : 5}|(?=\\s*\\}$))`})`).join('\\s*,\\s*')}\\s*,?\\s*\\}$`,
  's',
);

function scanKeys(body: string): GeneratedAction | undefined {
  const match = SCAN.exec(body);
  if (!match) return undefined;
  const [, action, , attributions, explanation] = match;
  const spans = (attributions as string).slice(1, -1).trim().replace(/,$/, '');
  return {
    kind: 'action',
    action: unquote(action as string),
    attributions: spans === '' ? [] : spans.split(/(?<=['"])\s*,\s*(?=['"])/).map(unquote),
    explanation: unquote(explanation as string),
    recovered: false,
  };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

function unquote(quoted: string): string {
  const text = quoted.trim();
  return text
    .slice(1, text.endsWith(text[0] as string) ? -1 : undefined)
    .replace(/\\(.)/gs, (_, escaped: string) => ESCAPES[escaped] ?? escaped);
}

/** Of a text that was cut, the first whole sentence of the action and the spans listed behind it. */
function salvageAction(body: string): GeneratedAction | undefined {
  const text = /['"]Human Action['"]\s*:\s*['"](.+?[.!?])(?=$|['"\s[])/s.exec(body);
  if (!text) return undefined;
  const rest = body.slice(text.index + text[0].length);
  const spans = [...rest.matchAll(/`([^`]+)`/g)].map((span) => span[1] as string);
  const action = text[1] as string;
  return { kind: 'action', action, attributions: spans.filter((span) => action.includes(span)), recovered: true };
}
