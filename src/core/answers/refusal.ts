/** Tells a refusal from an answer that merely cannot be read. */

const REFUSALS = [
  /\b(?:can(?:no|['’ʼ])t|can not|could not|couldn['’ʼ]t|won['’ʼ]t|will not) (?:[a-z]+ )?(?:answer|assist|choose|comply|complete|decide|discuss|engage|fulfill?|give|help|make|offer|participate|pick|pretend|provide|respond|role-?play|select|share|state|suppose|support|take|rate|express|assume|adopt)/i,
  /\b(?:unable|not able|not comfortable|unwilling|not willing|not appropriate for me|inappropriate for me)\b/i,
  /\b(?:i['’ʼ]m|i am|we are|we['’ʼ]re) (?:very |really |so )?sorry\b/i,
  /\bi (?:must|have to|would|will|need to)? ?(?:respectfully |politely )?(?:apologi[sz]e|decline|refuse|abstain)\b/i,
  /\bprefer not to\b/i,
  /\bas an? (?:ai|artificial intelligence|(?:large )?language model|llm)\b/i,
  /\b(?:do not|don['’ʼ]t) (?:have|hold|possess) (?:any |my own )?(?:personal|values|opinions|beliefs|preferences|cultural)/i,
];

/** A refusal says so early (UTF-16 units). */
const LOOK_AT = 20_000;

export function isRefusal(text: string): boolean {
  const start = text.slice(0, LOOK_AT);
  return REFUSALS.some((pattern) => pattern.test(start));
}
