/** The cache of a batch run: what earlier runs heard is not sent, and what is heard is there for later ones. */
import { Evaluation } from '../../core/runs/evaluation';
import type { Prompt } from '../../core/runs/exchange';
import type { RequestKey } from '../../core/runs/plan';
import type { RunHeader } from '../../core/runs/record';
import type { BatchClient } from '../../models/batchClient';
import type { ModelReply } from '../../models/client';
import type { AnswerCache } from '../answerCache';
import { AnswerPlaces } from '../answerPlace';

export class KnownAnswers {
  private readonly places: AnswerPlaces<RequestKey>;

  constructor(
    client: BatchClient,
    header: RunHeader,
    private readonly cache: AnswerCache | undefined,
  ) {
    this.places = new AnswerPlaces(client, new Evaluation(header));
  }

  async find(key: RequestKey, prompt: Prompt): Promise<ModelReply | undefined> {
    return this.cache?.find(this.places.of(key, prompt));
  }

  remember(key: RequestKey, prompt: Prompt, reply: ModelReply): void {
    this.cache?.remember(this.places.of(key, prompt), reply);
  }
}
