/** What VS Code knows panels and documents by; it asks for both by name when a window comes back. */

/** As in the manifest's `onWebviewPanel` events. */
export const VIEW_TYPES = {
  charts: 'valueActionLens.charts',
  comparison: 'valueActionLens.comparison',
  inspector: 'valueActionLens.inspector',
  review: 'valueActionLens.review',
} as const;

/** Of documents that are no files. */
export const SCHEMES = {
  comparison: 'value-action-comparison',
  prediction: 'value-action-prediction',
  prompts: 'value-action-prompts',
  proposals: 'value-action-proposals',
} as const;
