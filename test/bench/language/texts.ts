/** Scenario files as long as the published dataset, in sentences of this project. */
import { COUNTRIES, TOPICS } from '../../../src/core/study';
import { VALUES } from '../../../src/core/values';

export interface BenchText {
  readonly name: string;
  readonly text: string;
  /** The first character of a word in the action that is typed into. */
  readonly line: number;
  readonly character: number;
}

const FILLERS = [
  'talk it over with the people around me before anything is settled',
  'put it in writing so that everybody can come back to it later',
  'set an evening aside for it, whatever else there is to do',
  'ask those who know more than I do and take their word seriously',
  'keep a small part of my pay for it from one month to the next',
];

function writeItem(value: string, country: string, topic: string, seed: number, definition?: string): string {
  const filler = (at: number) => FILLERS[(seed + at) % FILLERS.length];
  const action = (way: string, at: number) =>
    `In matters of ${topic.toLowerCase()} here in ${country} I ${way} what "${value}" asks for: I ${filler(at)}, and I ${filler(at + 1)}.`;
  const block = (way: string, at: number) =>
    [
      `      action: '${action(way, at)}'`,
      `      attributions:\n        - ${way} what\n        - I ${filler(at)?.split(',')[0]}`,
      `      explanation: >-\n        Whoever does this ${at === 0 ? 'goes along with' : 'turns away from'} the value in ${topic.toLowerCase()}: time and money go`,
      `        ${at === 0 ? 'to it first, and other wishes have to wait.' : 'to other wishes first, and it has to wait.'}`,
    ].join('\n');
  const head = definition === undefined ? '' : `\n    definition: ${definition}`;
  return `  - value: ${value}${head}\n    agree:\n${block('follow', 0)}\n    disagree:\n${block('pass over', 2)}\n`;
}

function place(name: string, text: string): BenchText {
  const middle = text.indexOf('I follow what', Math.floor(text.length / 2));
  const before = text.slice(0, middle);
  return { name, text, line: before.split('\n').length - 1, character: middle - before.lastIndexOf('\n') - 1 };
}

function writeDocument(country: string, topic: string, seed: number): string {
  const items = VALUES.map(({ name }, at) => writeItem(name, country, topic, seed + at));
  return `country: ${country}\ntopic: ${topic}\nitems:\n${items.join('')}`;
}

/** 56 items in one document. */
export function writeOneScenario(): BenchText {
  return place('56 items', writeDocument('Nigeria', 'Religion', 0));
}

/** 7,392 items in 132 documents. */
export function writeWholeStudy(): BenchText {
  const documents = COUNTRIES.flatMap((country) => TOPICS.map((topic) => writeDocument(country, topic, topic.length)));
  return place('7,392 items, 132 documents', documents.join('---\n'));
}

/** 7,392 items in a single document, each with a value of its own. */
export function writeLongDocument(): BenchText {
  const items = Array.from({ length: 132 }, (_, round) =>
    VALUES.map(({ name, definition }, at) =>
      writeItem(`${name} ${round + 1}`, 'Nigeria', 'Religion', round + at, `'${definition.replaceAll("'", "''")}'`),
    ).join(''),
  );
  return place('7,392 items, 1 document', `country: Nigeria\ntopic: Religion\nitems:\n${items.join('')}`);
}
