/** Keeps keys out of messages: endpoints like to echo them. */

/** Shapes of keys, also the half-masked ones that error messages quote (`sk-ab***yz`). */
const LOOKS_LIKE_A_KEY = /\b(?:sk|pk|rk|gsk|xai|hf|key)[-_][\w*.-]{6,}|\bBearer\s+[^\s"',;]{6,}/gi;

/** Puts `[key]` in place of the given key and of whatever looks like one. */
export function hideKeys(text: string, key?: string): string {
  const withoutOwn = key && key.length >= 4 ? text.replaceAll(key, '[key]') : text;
  return withoutOwn.replace(LOOKS_LIKE_A_KEY, '[key]');
}
