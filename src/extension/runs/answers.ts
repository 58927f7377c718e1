/** The answers known from earlier runs, as the settings want them kept. */
import { type AnswerCache, FileAnswerCache } from '../../engine/answerCache';
import { answersFolder } from '../../models/home';
import type { Log } from '../log';
import type { Settings } from '../settings';

export function openAnswers(
  settings: Settings,
  log: Log,
  { finds }: { readonly finds: boolean },
): AnswerCache | undefined {
  const maxBytes = settings.cacheBytes();
  if (maxBytes === 0) return undefined;
  return new FileAnswerCache(answersFolder(), { maxBytes, finds, onProblem: (message) => log.warn(message) });
}
