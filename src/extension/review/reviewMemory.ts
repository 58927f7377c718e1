/** What is remembered of reviews: the reviewer everywhere, samples and the open panel with the workspace. */
import type { Memento } from 'vscode';
import {
  nameScope,
  type ReviewSampleWish,
  type ReviewScope,
  type ReviewSpec,
  rememberedSamplesSchema,
  reviewSpecSchema,
} from './reviewSpec';

const REVIEWER = 'review.reviewer';
const SAMPLES = 'review.samples';
const OPEN = 'review.open';
/** A workspace of a study has a file for each of 132 scenarios; older ones are forgotten. */
const MOST_SAMPLES = 200;

export class ReviewMemory {
  constructor(
    private readonly everywhere: Memento,
    private readonly workspace: Memento,
  ) {}

  get reviewer(): string {
    const known = this.everywhere.get<unknown>(REVIEWER);
    return typeof known === 'string' ? known : '';
  }

  async keepReviewer(name: string): Promise<void> {
    await this.everywhere.update(REVIEWER, name);
  }

  /** The sample that was begun last in this scope. */
  sampleOf(scope: ReviewScope): ReviewSampleWish | undefined {
    const name = nameScope(scope);
    return this.samples.find(([known]) => known === name)?.[1];
  }

  async keepSample(scope: ReviewScope, { reviewer, perStratum, seed }: ReviewSampleWish): Promise<void> {
    const name = nameScope(scope);
    const others = this.samples.filter(([known]) => known !== name);
    await this.workspace.update(SAMPLES, [[name, { reviewer, perStratum, seed }], ...others].slice(0, MOST_SAMPLES));
  }

  /** What the panel is about. */
  get openSpec(): ReviewSpec | undefined {
    return reviewSpecSchema.safeParse(this.workspace.get<unknown>(OPEN)).data;
  }

  async keepOpen(spec: ReviewSpec): Promise<void> {
    await this.workspace.update(OPEN, spec);
  }

  private get samples() {
    return rememberedSamplesSchema.safeParse(this.workspace.get<unknown>(SAMPLES)).data ?? [];
  }
}
