/** The dependency rules of ARCHITECTURE.md, for dependency-cruiser. */
import type { IForbiddenRuleType } from 'dependency-cruiser';

/** A layer and the layers that it may import, itself included. A folder that is no layer may import nothing. */
const layers: Record<string, string[]> = {
  'src/core': [],
  'src/display': ['src/core'],
  'src/protocol': ['src/core'],
  'src/engine': ['src/core', 'src/models'],
  'src/models': ['src/core'],
  'src/language': ['src/core'],
  'src/server': ['src/core', 'src/language', 'src/protocol'],
  'src/exporting': ['src/core'],
  'src/importing': ['src/core', 'src/display', 'src/engine'],
  'src/cli': ['src/core', 'src/display', 'src/engine', 'src/exporting', 'src/importing', 'src/models'],
  'src/extension': [
    'src/core',
    'src/display',
    'src/engine',
    'src/exporting',
    'src/importing',
    'src/models',
    'src/language',
    'src/protocol',
  ],
  'webview-ui': ['src/core', 'src/display', 'src/protocol'],
};

/** Layers that run anywhere, and the packages they may use there. */
const purePackages: Record<string, string[]> = {
  'src/core': ['zod', 'yaml', 'jsonrepair', '@noble/hashes', 'papaparse', '@types/papaparse'],
  'src/display': [],
  'webview-ui': ['chart.js', 'zod'],
};

const ours = '^(src|webview-ui)/';

export const dependencyRules: IForbiddenRuleType[] = [
  {
    name: 'no-circles',
    severity: 'error',
    from: { path: ours },
    to: { circular: true },
  },
  {
    name: 'every-file-in-a-layer',
    severity: 'error',
    from: { path: ours, pathNot: Object.keys(layers).map((layer) => `^${layer}/`) },
    to: {},
  },
  ...Object.entries(layers).map(
    ([layer, below]): IForbiddenRuleType => ({
      name: `${layer}-imports-only-below`,
      severity: 'error',
      from: { path: `^${layer}/` },
      to: { path: ours, pathNot: [layer, ...below].map((allowed) => `^${allowed}/`) },
    }),
  ),
  {
    name: 'engine-knows-only-the-model-port',
    comment: 'The engine asks a ModelClient or a BatchClient; which adapter stands behind it is for its callers.',
    severity: 'error',
    from: { path: '^src/engine/' },
    to: { path: '^src/models/', pathNot: '^src/models/(client|batchClient)\\.ts$' },
  },
  {
    name: 'only-extension-imports-vscode',
    severity: 'error',
    from: { path: ours, pathNot: '^src/extension/' },
    to: { path: '(^|/)vscode$|^node_modules/@types/vscode/' },
  },
  ...Object.entries(purePackages).flatMap(([layer, packages]): IForbiddenRuleType[] => [
    {
      name: `${layer}-uses-nothing-of-node`,
      severity: 'error',
      from: { path: `^${layer}/` },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: `${layer}-uses-few-packages`,
      severity: 'error',
      from: { path: `^${layer}/` },
      to: { path: '^node_modules/', pathNot: packages.map((name) => `^node_modules/${name}/`) },
    },
  ]),
  {
    name: 'everything-resolves',
    severity: 'error',
    from: { path: ours },
    to: { couldNotResolve: true, pathNot: '^vscode$' },
  },
];
