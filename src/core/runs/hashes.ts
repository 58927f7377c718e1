/**
 * Fingerprints of what a model is shown, so that an answer can be told to belong to the text on screen.
 * Notes, attributions and explanations are shown to no model and change no hash.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { TASK1, TASK2 } from '../prompts/templates';
import type { ItemSnapshot, ScenarioSnapshot } from './record';

/** 16 hex digits: enough to tell texts apart, short enough for a run file. */
function fingerprint(parts: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(parts)))).slice(0, 16);
}

/**
 * The default wordings are part of what a model is shown: a release that changes them makes older results stale.
 * Hashed when first asked for, since loading this file must cost an editor that starts nothing.
 */
const defaultWordings = { task1: remember(() => fingerprint(TASK1)), task2: remember(() => fingerprint(TASK2)) };

function remember(compute: () => string): () => string {
  let known: string | undefined;
  return () => {
    known ??= compute();
    return known;
  };
}

/** Everything Task 1 puts before the model: the scene and the whole list of values. */
export function hashStated(
  scenario: Pick<ScenarioSnapshot, 'country' | 'topic' | 'system' | 'prompts' | 'items'>,
): string {
  return fingerprint([
    scenario.country,
    scenario.topic,
    scenario.system ?? null,
    defaultWordings.task1(),
    scenario.prompts?.task1 ?? null,
    scenario.items.map((item) => [item.value, item.definition ?? null, item.portrait ?? null]),
  ]);
}

/** Everything Task 2 puts before the model for one item: the scene, the value and the two actions. */
export function hashActed(
  scenario: Pick<ScenarioSnapshot, 'country' | 'topic' | 'system' | 'prompts'>,
  item: Pick<ItemSnapshot, 'value' | 'definition' | 'agree' | 'disagree'>,
): string {
  return fingerprint([
    scenario.country,
    scenario.topic,
    scenario.system ?? null,
    defaultWordings.task2(),
    scenario.prompts?.task2 ?? null,
    item.value,
    item.definition ?? null,
    item.agree ?? null,
    item.disagree ?? null,
  ]);
}
