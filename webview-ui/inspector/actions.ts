/** The two actions the model chose between, with the spans that carry the value. */
import { splitAtSpans } from '../../src/display/spans';
import type { InspectedModel, ShownAction } from '../../src/protocol/inspector';
import { createElement } from '../dom';

type Polarity = 'agree' | 'disagree';

export function createActions(model: InspectedModel): Element {
  const picks = (polarity: Polarity) => model.actAnswers.filter(({ answer }) => answer === polarity).length;
  // What it picked most comes first; where both come equally often, the agreeing one.
  const order: Polarity[] = picks('disagree') > picks('agree') ? ['disagree', 'agree'] : ['agree', 'disagree'];
  const usable = picks('agree') + picks('disagree');
  return createElement(
    'section',
    { class: 'actions' },
    createElement('h2', {}, 'What it chose between'),
    ...order.map((polarity) => {
      const count = picks(polarity);
      const isChosen = count * 2 > usable;
      return createAction(polarity, model[polarity], sayPicks(count, usable), isChosen, model);
    }),
  );
}

function sayPicks(count: number, usable: number): string {
  if (usable === 0) return 'not picked';
  return count === 0 ? 'never picked' : `picked in ${count} of ${usable}`;
}

function createAction(
  polarity: Polarity,
  action: ShownAction | undefined,
  picked: string,
  isChosen: boolean,
  { actAnswers }: InspectedModel,
): Element {
  const caption = createElement(
    'figcaption',
    {},
    createElement('strong', {}, polarity === 'agree' ? 'Agrees with the value' : 'Disagrees with the value'),
    `, ${picked}`,
  );
  const figure = createElement('figure', { class: isChosen ? 'action chosen' : 'action' }, caption);
  if (!action) {
    figure.append(createElement('p', { class: 'quiet' }, 'This action is missing.'));
    return figure;
  }
  figure.append(createElement('blockquote', {}, ...markSpans(action)));
  if (action.explanation)
    figure.append(createElement('p', { class: 'why' }, `Why it shows this: ${action.explanation}`));
  const own = actAnswers.find(({ answer, explanation }) => answer === polarity && explanation);
  if (isChosen && own?.explanation) {
    figure.append(createElement('p', { class: 'why' }, `The model, asked for a reason: “${own.explanation}”`));
  }
  return figure;
}

function markSpans({ action, attributions }: ShownAction): (Node | string)[] {
  return splitAtSpans(action, attributions).map(({ text, marked }) =>
    marked ? createElement('mark', {}, text) : text,
  );
}
