/**
 * The 56 basic values of Schwartz's survey (1992) in the order of the published results.
 * Definitions are the survey's glosses; portraits are this project's own.
 */

export const MOTIVATIONAL_TYPES = [
  'Power',
  'Achievement',
  'Hedonism',
  'Stimulation',
  'Self-direction',
  'Universalism',
  'Benevolence',
  'Tradition',
  'Conformity',
  'Security',
] as const;
export type MotivationalType = (typeof MOTIVATIONAL_TYPES)[number];

export interface BasicValue {
  readonly name: string;
  readonly definition: string;
  readonly motivationalType: MotivationalType;
  /** One sentence about a person who holds the value. */
  readonly portrait: string;
}

type Row = readonly [name: string, definition: string, portrait: string];

const BY_TYPE: Readonly<Record<MotivationalType, readonly Row[]>> = {
  Power: [
    [
      'Social Power',
      'control over others, dominance',
      'It is important to this person to be the one in charge, so that others do what they decide.',
    ],
    [
      'Authority',
      'the right to lead or command',
      'It is important to this person to have the right to lead and to be followed.',
    ],
    ['Wealth', 'material possessions, money', 'It is important to this person to be rich and to own valuable things.'],
    [
      'Preserving my Public Image',
      "protecting my 'face'",
      'It is important to this person never to lose face in front of others.',
    ],
    [
      'Social Recognition',
      'respect, approval by others',
      'It is important to this person to be respected and to have the approval of others.',
    ],
  ],
  Achievement: [
    [
      'Successful',
      'achieving goals',
      'It is important to this person to reach the goals they set and to do well in life.',
    ],
    [
      'Capable',
      'competent, effective, efficient',
      'It is important to this person to be good at what they do and to get it done efficiently.',
    ],
    ['Ambitious', 'hardworking, aspiring', 'It is important to this person to work hard and to get ahead.'],
    [
      'Influential',
      'having an impact on people and events',
      'It is important to this person to have an impact on people and on what happens.',
    ],
    [
      'Intelligent',
      'logical, thinking',
      'It is important to this person to think things through logically and to use a sharp mind.',
    ],
    ['Self-Respect', "belief in one's own worth", 'It is important to this person to believe in their own worth.'],
  ],
  Hedonism: [
    [
      'Pleasure',
      'gratification of desires',
      'It is important to this person to follow their desires and to feel good.',
    ],
    [
      'Enjoying Life',
      'enjoying food, sex, leisure, etc.',
      'It is important to this person to enjoy food, intimacy, free time and everything else that makes life good.',
    ],
  ],
  Stimulation: [
    ['Daring', 'seeking adventure, risk', 'It is important to this person to look for adventures and to take risks.'],
    [
      'A Varied Life',
      'filled with challenge, novelty, and change',
      'It is important to this person that life is full of new things, challenges and change.',
    ],
    [
      'An Exciting Life',
      'stimulating experience',
      'It is important to this person to have experiences that thrill and stimulate.',
    ],
  ],
  'Self-direction': [
    [
      'Creativity',
      'uniqueness, imagination',
      'It is important to this person to have original ideas and to use imagination.',
    ],
    [
      'Curious',
      'interested in everything, exploring',
      'It is important to this person to explore and to take an interest in everything.',
    ],
    [
      'Freedom',
      'freedom of action and thought',
      'It is important to this person to be free to think and act as they like.',
    ],
    [
      'Choosing Own Goals',
      'selecting own purposes',
      'It is important to this person to decide for themselves what to aim for.',
    ],
    [
      'Independent',
      'self-reliant, self-sufficient',
      'It is important to this person to rely on nobody but themselves.',
    ],
  ],
  Universalism: [
    [
      'Protecting the Environment',
      'preserving nature',
      'It is important to this person to look after nature and keep it from harm.',
    ],
    [
      'A World of Beauty',
      'beauty of nature and the arts',
      'It is important to this person that there is beauty in nature and in the arts.',
    ],
    [
      'Broad-Minded',
      'tolerant of different ideas and beliefs',
      'It is important to this person to be tolerant of ideas and beliefs unlike their own.',
    ],
    [
      'Social Justice',
      'correcting injustice, care for the weak',
      'It is important to this person that injustice is put right and the weak are cared for.',
    ],
    ['Wisdom', 'a mature understanding of life', 'It is important to this person to understand life in a mature way.'],
    [
      'Equality',
      'equal opportunity for all',
      'It is important to this person that everybody has the same opportunities.',
    ],
    [
      'A World at Peace',
      'free of war and conflict',
      'It is important to this person that the world is free of war and conflict.',
    ],
    ['Inner Harmony', 'at peace with myself', 'It is important to this person to be at peace inside.'],
    ['Unity With Nature', 'fitting into nature', 'It is important to this person to live as a part of nature.'],
  ],
  Benevolence: [
    [
      'Helpful',
      'working for the welfare of others',
      'It is important to this person to work for the good of other people.',
    ],
    ['Honest', 'genuine, sincere', 'It is important to this person to be sincere and genuine with everyone.'],
    ['Forgiving', 'willing to pardon others', 'It is important to this person to pardon those who have hurt them.'],
    [
      'Loyal',
      'faithful to my friends, group',
      'It is important to this person to stay faithful to friends and to their group.',
    ],
    ['Responsible', 'dependable, reliable', 'It is important to this person that others can depend on them.'],
    [
      'True Friendship',
      'close, supportive friends',
      'It is important to this person to have close friends who give support.',
    ],
    [
      'A Spiritual Life',
      'emphasis on spiritual not material matters',
      'It is important to this person to put spiritual things above material ones.',
    ],
    [
      'Mature Love',
      'deep emotional and spiritual intimacy',
      'It is important to this person to share deep emotional and spiritual closeness with somebody.',
    ],
    ['Meaning in Life', 'a purpose in life', 'It is important to this person that life has a purpose.'],
  ],
  Tradition: [
    [
      'Devout',
      'holding to religious faith and belief',
      'It is important to this person to hold firmly to their religious faith.',
    ],
    [
      'Accepting my Portion in Life',
      "submitting to life's circumstances",
      'It is important to this person to accept what life has given them without fighting it.',
    ],
    [
      'Humble',
      'modest, self-effacing',
      'It is important to this person to be modest and not to draw attention to themselves.',
    ],
    [
      'Moderate',
      'avoiding extremes of feeling and action',
      'It is important to this person to avoid extremes in what they feel and do.',
    ],
    [
      'Respect for Tradition',
      'preservation of time-honored customs',
      'It is important to this person to keep customs that have been handed down for a long time.',
    ],
    ['Detachment', 'from worldly concerns', 'It is important to this person to keep a distance from worldly concerns.'],
  ],
  Conformity: [
    [
      'Politeness',
      'courtesy, good manners',
      'It is important to this person to be courteous and to show good manners.',
    ],
    [
      'Honoring of Parents and Elders',
      'showing respect',
      'It is important to this person to show respect to parents and older people.',
    ],
    [
      'Obedient',
      'dutiful, meeting obligations',
      'It is important to this person to do their duty and to meet what is asked of them.',
    ],
    [
      'Self-Discipline',
      'self-restraint, resistance to temptation',
      'It is important to this person to hold back and to resist temptation.',
    ],
  ],
  Security: [
    ['Clean', 'neat, tidy', 'It is important to this person that everything is neat and tidy.'],
    [
      'National Security',
      'protection of my nation from enemies',
      'It is important to this person that their nation is safe from its enemies.',
    ],
    ['Social Order', 'stability of society', 'It is important to this person that society is stable.'],
    ['Family Security', 'safety for loved ones', 'It is important to this person that the people they love are safe.'],
    [
      'Reciprocation of Favors',
      'avoidance of indebtedness',
      'It is important to this person to return favors and to owe nothing to anyone.',
    ],
    [
      'Healthy',
      'not being sick physically or mentally',
      'It is important to this person not to be sick, in body or mind.',
    ],
    [
      'Sense of Belonging',
      'feeling that others care about me',
      'It is important to this person to feel that others care about them.',
    ],
  ],
};

export const VALUES: readonly BasicValue[] = MOTIVATIONAL_TYPES.flatMap((motivationalType) =>
  BY_TYPE[motivationalType].map(([name, definition, portrait]) => ({ name, definition, motivationalType, portrait })),
);

const byName: ReadonlyMap<string, BasicValue> = new Map(VALUES.map((value) => [value.name, value]));

/** The value with exactly this name; undefined for a value of the user's own. */
export function findValue(name: string): BasicValue | undefined {
  return byName.get(name);
}

/** A portrait for a value that has none of its own. */
export function portraitFromDefinition(definition: string): string {
  const gloss = definition.trim().replace(/[.!?\s]+$/u, '');
  return `This person gives great importance to the following: ${gloss}.`;
}
