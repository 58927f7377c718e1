/** One item as Markdown, for a bug report or a note. Everything a model or a file wrote stays text. */
import { measureItemPosition, picksOption } from '../../core/metrics/itemPosition';
import { drawDumbbellOnScale } from '../../display/dumbbell';
import { explainItemResult, summarizeItemResult } from '../../display/itemNotes';
import { formatEditorNumber } from '../../display/numbers';
import { shortenModelId } from '../../display/sentences';
import { describeStated, describeTask1, describeTask2 } from '../../display/variantWords';
import type { InspectedItem, InspectedModel, RawAnswer, ShownAction } from '../../protocol/inspector';
import { boldSpans, escapeMarkdown } from '../editor/markdownText';
import type { ItemResponses } from './rawAnswers';

/** Of each response, in UTF-16 units: sixteen of them fit into an issue. */
const LONGEST_RESPONSE = 2_500;
const SCALE_WIDTH = 31;

/** The selected model in full, the others by their result. */
export function renderItemMarkdown(item: InspectedItem, responses: ItemResponses, version: string): string {
  const blocks = [
    `# ${escapeMarkdown(item.value)}: ${escapeMarkdown(item.definition)}`,
    list([
      ['Scenario', `${item.scenario} (${item.country}, ${item.topic})`],
      ...(item.file === '' ? [] : [['File', item.file] as const]),
      ['Motivational type', item.motivationalType || 'none: a value of your own'],
      ['Value-Action Lens', version],
    ]),
    '## Results',
    renderScales(item),
    item.models.map((model) => `- ${escapeMarkdown(summarize(model))}`).join('\n'),
  ];
  const model = item.models[item.selected];
  if (model) blocks.push(...renderModel(model, responses));
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
}

function renderModel(model: InspectedModel, { answers }: ItemResponses): string[] {
  const name = escapeMarkdown(model.model);
  const notes = explainItemResult(model).map((note) => `- ${escapeMarkdown(note)}`);
  return [
    `## ${name}, asked ${escapeMarkdown(model.asked)}`,
    notes.join('\n'),
    ...(['agree', 'disagree'] as const).map((polarity) => renderAction(polarity, model[polarity])),
    '### Task 1, state',
    table(
      ['variant', 'wording', 'order', 'requirement', 'repeat', 'answer'],
      model.stateAnswers.map(({ variant, repeat, answer }) => [
        ...describeTask1(variant),
        String(repeat + 1),
        describeStated(answer),
      ]),
    ),
    '### Task 2, act',
    renderActed(model),
    ...(answers.length > 0 ? ['### Responses as they came', ...answers.map(renderResponse)] : []),
  ];
}

function renderActed({ actAnswers }: InspectedModel): string {
  const position = measureItemPosition(actAnswers);
  return table(
    ['variant', 'wording', 'order', 'requirement', 'repeat', 'picked', 'which', 'order pair'],
    actAnswers.map((one) => {
      const option = picksOption(one);
      return [
        ...describeTask2(one.variant),
        String(one.repeat + 1),
        option === undefined ? '' : `Option ${option}`,
        one.answer,
        position.isFlipped(one) ? 'flipped' : '',
      ];
    }),
  );
}

function renderScales({ models }: InspectedItem): string {
  const rows = models.map(({ model, stated, acted, distance }) => {
    const scale =
      stated === null || acted === null ? '·'.repeat(SCALE_WIDTH) : drawDumbbellOnScale(stated, acted, SCALE_WIDTH);
    return `${scale}  ${distance === null ? '    ' : formatEditorNumber(distance)}  ${shortenModelId(model)}`;
  });
  if (rows.length === 0) return 'No model was asked yet.';
  return fenceExactly(['○ stated, ● acted, from agree (left) to disagree (right)', ...rows].join('\n'));
}

function summarize(model: InspectedModel): string {
  const said = summarizeItemResult(shortenModelId(model.model), model);
  return model.stale ? `${said} Stale: the text has changed since.` : said;
}

function renderAction(polarity: 'agree' | 'disagree', action: ShownAction | undefined): string {
  if (!action) return `The action that ${polarity}s: none.`;
  const lines = [
    `The action that ${polarity}s:`,
    `> ${boldSpans(action.action.replace(/\s+/g, ' '), action.attributions)}`,
  ];
  if (action.explanation) lines.push(`Why it shows this: ${escapeMarkdown(action.explanation)}`);
  return lines.join('\n\n');
}

function renderResponse({ task, variant, repeat, raw, cut }: RawAnswer): string {
  const words = task === 'state' ? `Task 1, variant ${variant}` : `Task 2, variant ${variant}`;
  const heading = repeat === 0 ? words : `${words}, repeat ${repeat + 1}`;
  const hidden = cut + Math.max(0, raw.length - LONGEST_RESPONSE);
  const more = hidden > 0 ? ` (${hidden.toLocaleString('en')} further characters left out)` : '';
  return `${heading}${more}:\n\n${fenceExactly(raw.slice(0, LONGEST_RESPONSE))}`;
}

/** The text exactly as it is, in a fence longer than any in it. */
export function fenceExactly(text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

function list(rows: readonly (readonly [string, string])[]): string {
  return rows.map(([name, text]) => `- ${name}: ${escapeMarkdown(text)}`).join('\n');
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return 'No answers.';
  const line = (cells: readonly string[]) => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  return [line(columns), `|${columns.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}
