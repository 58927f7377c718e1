/** The ids of models: who offers one, and what it is called there. */

/** `ollama`, `openai`: no slash, so that the first slash of an id ends it. */
export const ENDPOINT_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
/** Prefixes of ids that name something other than an endpoint. */
export const RESERVED_NAMES = ['vscode', 'builtin'];

export type ModelId =
  | { readonly kind: 'endpoint'; readonly endpoint: string; readonly model: string }
  | { readonly kind: 'vscode'; readonly vendor: string; readonly id: string }
  | { readonly kind: 'builtin'; readonly name: string };

/** Reads `ENDPOINT/MODEL` (the model may hold slashes), `vscode/VENDOR/ID` or `builtin/NAME`; undefined for others. */
export function parseModelId(id: string): ModelId | undefined {
  const [first, rest] = splitAtSlash(id);
  if (!rest) return undefined;
  if (first === 'builtin') return { kind: 'builtin', name: rest };
  if (first === 'vscode') {
    const [vendor, model] = splitAtSlash(rest);
    return vendor && model ? { kind: 'vscode', vendor, id: model } : undefined;
  }
  return ENDPOINT_NAME.test(first) ? { kind: 'endpoint', endpoint: first, model: rest } : undefined;
}

function splitAtSlash(text: string): [string, string] {
  const at = text.indexOf('/');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
