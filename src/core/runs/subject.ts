/** Whose results a run holds: the model, and the label of its system prompt where it has one. */
export function nameSubject({ model, systemLabel }: { model: { id: string }; systemLabel?: string }): string {
  return systemLabel === undefined ? model.id : `${model.id} · ${systemLabel}`;
}
