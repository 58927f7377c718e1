/** A model ready to be asked, and how. */
import type { ModelParameters } from '../../core/runs/record';
import type { ModelClient } from '../../models/client';

/** As in the paper; the settings of a model may say otherwise. */
export const TEMPERATURE = 0.2;

export interface ModelToAsk {
  readonly client: ModelClient;
  readonly parameters: ModelParameters;
}
