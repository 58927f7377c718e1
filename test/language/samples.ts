/** Scenario files of every kind that the format allows, to hold each feature against. */

const WEALTH = `  - value: Wealth
    agree:
      action: I save every coin for the clinic.
      attributions: [save every coin]
      explanation: Money first.
    disagree:
      action: "I give my 💶 away, and מתנה with it."
      attributions: ["give my 💶 away"]
`;
const OWN = `  # My own, with a comment above.
  - value: Digital Privacy
    definition: deciding who may see one's data
    agree:
      action: >-
        I ask the clinic to print my results,
        and I refuse the portal.
      attributions:
        - refuse the portal
    disagree: { action: 'I don''t mind who reads my file.', attributions: [don't mind] }
`;
const PROMPTS = `prompts:
  task1:
    survey:
      value: "{{value}}: {{definition}}"
  task2:
    question:
      - In {{country}}, which one?
      - With {{topic}} in mind, which one?
`;

const block = `# What this is about.
country: India
topic: Religion
system: |
  You are brief.

  You are kind.
${PROMPTS}items:
${WEALTH}
${OWN}`;

export const SAMPLES: Readonly<Record<string, string>> = {
  block,
  'several documents': `${block}---\n# Two\nname: b\ncountry: Peru\ntopic: Work Orientation\nitems:\n${WEALTH}`,
  JSON: `${JSON.stringify(
    {
      country: 'India',
      topic: 'Religion',
      items: [
        {
          value: 'Wealth',
          agree: { action: 'I "save" every 💶.', attributions: ['"save" every'] },
          disagree: { action: 'I give.' },
        },
        { value: 'Honest', agree: { action: 'I tell.' }, disagree: { action: 'I lie.' } },
      ],
    },
    null,
    2,
  )}\n`,
  'JSON on one line':
    '{"country":"India","topic":"Religion","items":[{"value":"Wealth","agree":{"action":"I save."},"disagree":{"action":"I give."}}]}',
  CRLF: block.replaceAll('\n', '\r\n'),
  'a byte order mark': `\uFEFF${block}`,
  'anchors and aliases': `country: India\ntopic: Religion\nitems:\n  - value: Wealth\n    agree: &save\n      action: I save every coin.\n      attributions: [every coin]\n    disagree:\n      action: I give.\n  - value: Authority\n    agree: *save\n    disagree:\n      action: I ask.\n`,
  'comments everywhere': `# a\n\ncountry: India # b\n# c\ntopic: Religion\n\n# d\nitems: # e\n  # f\n  - value: Wealth # g\n    # h\n    agree:\n      # i\n      action: I save. # j\n\n\n    disagree:\n      action: I give.\n  # k\n\n  # l\n  - value: Honest\n    agree:\n      action: I tell.\n    disagree:\n      action: I lie.\n# m\n`,
  'dashes not indented': `country: India\ntopic: Religion\nitems:\n- value: Wealth\n  agree:\n    action: I save.\n  disagree:\n    action: I give.\n`,
};
