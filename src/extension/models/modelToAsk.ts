/** A model ready to be asked, and how. */
import type { ModelParameters } from '../../core/runs/record';
import type { BatchClient } from '../../models/batchClient';
import type { ModelClient } from '../../models/client';
import type { Endpoint, Price } from '../../models/endpoints';

/** As in the paper; the settings of a model may say otherwise. */
export const TEMPERATURE = 0.2;

export interface ModelToAsk {
  readonly client: ModelClient;
  readonly parameters: ModelParameters;
  /** How fast its endpoint may be asked, where the settings say so. */
  readonly limits?: Pick<Endpoint, 'requestsPerMinute' | 'tokensPerMinute'>;
  readonly price?: Price;
  /** Absent where the model cannot be asked through a Batch API. */
  readonly connectToBatches?: () => BatchClient;
}
