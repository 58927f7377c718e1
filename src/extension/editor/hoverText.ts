/** The hover's Markdown: one dumbbell a model, the single answers beneath it, then the action each model chose. */
import type { ItemResult } from '../../core/metrics/results';
import type { ActedAnswer, StatedAnswer } from '../../core/runs/record';
import type { Item, Polarity } from '../../core/scenario/model';
import { drawAnswersOnScale, drawDumbbellOnScale } from '../../display/dumbbell';
import { formatEditorNumber } from '../../display/numbers';
import { describeDirection, describeStatus, shortenModelId } from '../../display/sentences';
import { type ModelItemResult, markResult } from '../runs/itemSummary';
import type { Translate } from '../translate';
import { boldSpans, escapeMarkdown, fence, shorten } from './markdownText';

const SCALE_WIDTH = 21;
const NAME_WIDTH = 24;
const EXPLANATION_LENGTH = 320;

export function renderHover(item: Item, results: readonly ModelItemResult[], t: Translate): string {
  const blocks = [`**${escapeMarkdown(item.value)}** · ${escapeMarkdown(item.definition)}`];
  // Without a result there may still be a prediction below.
  if (results.length > 0) blocks.push(drawScales(results, t));
  for (const polarity of ['agree', 'disagree'] as const) {
    const chosen = results.filter((found) => !found.stale && chosenAction(found.result) === polarity);
    if (chosen.length > 0) blocks.push(renderChoice(item, polarity, chosen, t));
  }
  return blocks.join('\n\n');
}

function drawScales(results: readonly ModelItemResult[], t: Translate): string {
  const names = results.map((found) => shorten(shortenModelId(found.model), NAME_WIDTH));
  const rows = { state: t('states'), act: t('acts') };
  const margin = Math.max(...names.map((name) => name.length), rows.state.length, rows.act.length);
  const [left, right] = [t('agree'), t('disagree')];
  const lines = [`${' '.repeat(margin)}  ${left}${right.padStart(SCALE_WIDTH - left.length)}`];
  results.forEach((found, index) => {
    const { result } = found;
    const scale =
      result.stated === null || result.acted === null
        ? '·'.repeat(SCALE_WIDTH)
        : drawDumbbellOnScale(result.stated, result.acted, SCALE_WIDTH);
    if (index > 0) lines.push('');
    lines.push(`${(names[index] ?? '').padEnd(margin)}  ${scale}  ${describe(found, t)}`);
    lines.push(
      `${rows.state.padStart(margin)}  ${drawSpread(result.stateAnswers, placeStated)}  ${countStated(result, t)}`,
    );
    if (result.status !== 'incomplete') {
      lines.push(
        `${rows.act.padStart(margin)}  ${drawSpread(result.actAnswers, placeActed)}  ${countActed(result, t)}`,
      );
    }
  });
  return fence(lines);
}

function describe(found: ModelItemResult, t: Translate): string {
  const { result } = found;
  const distance = result.distance === null ? '' : formatEditorNumber(result.distance);
  switch (markResult(found)) {
    case 'stale':
      return t('{0} ◌ stale: asked about an earlier text', distance).trim();
    case 'gap':
      return `${distance}  ${result.direction ? t(describeDirection(result.direction)) : ''}`;
    case 'aligned':
      return `${distance}  ${t('aligned')}`;
    case 'failed':
      return t('asking failed: run again');
    default:
      return t(describeStatus(result.status));
  }
}

function drawSpread<A>(answers: readonly { readonly answer: A }[], place: (answer: A) => number | undefined): string {
  const places = answers.map(({ answer }) => place(answer)).filter((at): at is number => at !== undefined);
  return drawAnswersOnScale(places, SCALE_WIDTH);
}

function placeStated(answer: StatedAnswer): number | undefined {
  return typeof answer === 'number' ? (answer - 1) / 3 : undefined;
}

function placeActed(answer: ActedAnswer): number | undefined {
  return answer === 'agree' ? 0 : answer === 'disagree' ? 1 : undefined;
}

/** "5 agree, 3 disagree", and what was no answer, in words. */
function countStated({ stateAnswers }: ItemResult, t: Translate): string {
  const sides = stateAnswers.map(({ answer }) =>
    typeof answer === 'number' ? (answer <= 2 ? 'agree' : 'disagree') : answer,
  );
  return countWords(sides, t);
}

function countActed({ actAnswers }: ItemResult, t: Translate): string {
  return countWords(
    actAnswers.map(({ answer }) => answer),
    t,
  );
}

function countWords(answers: readonly ActedAnswer[], t: Translate): string {
  const words: Record<ActedAnswer, string> = {
    agree: t('agree'),
    disagree: t('disagree'),
    refused: t('refused'),
    unparsed: t('unreadable'),
    missing: t('missing'),
  };
  const counts = Object.entries(words)
    .map(([answer, word]) => ({ word, count: answers.filter((given) => given === answer).length }))
    .filter(({ count }) => count > 0);
  return counts.length === 0 ? t('no answers') : counts.map(({ word, count }) => `${count} ${word}`).join(', ');
}

/** The action most variants picked; undefined where there is none or both equally often. */
function chosenAction({ acted }: ItemResult): Polarity | undefined {
  if (acted === null || acted === 0.5) return undefined;
  return acted < 0.5 ? 'agree' : 'disagree';
}

function renderChoice(item: Item, polarity: Polarity, chosen: readonly ModelItemResult[], t: Translate): string {
  const models = chosen.map((found) => shortenModelId(found.model)).join(', ');
  const heading =
    polarity === 'agree'
      ? t('{0} picked the action that agrees:', escapeMarkdown(models))
      : t('{0} picked the action that disagrees:', escapeMarkdown(models));
  const action = item[polarity];
  const lines = [heading];
  if (action) {
    lines.push(`> ${boldSpans(action.action.replace(/\s+/g, ' '), action.attributions)}`);
    if (action.explanation) lines.push(t('Why it shows this: {0}', escapeMarkdown(action.explanation)));
  }
  for (const found of chosen) {
    const own = found.result.actAnswers.find(
      ({ answer, explanation }) => answer === polarity && explanation,
    )?.explanation;
    if (!own) continue;
    const text = escapeMarkdown(shorten(own, EXPLANATION_LENGTH));
    lines.push(t('{0} explains: “{1}”', escapeMarkdown(shortenModelId(found.model)), text));
  }
  return lines.join('\n\n');
}
