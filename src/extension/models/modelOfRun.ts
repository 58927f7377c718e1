/** The model of an earlier run among those that are offered now. */
import type { RunHeader } from '../../core/runs/record';
import type { Endpoint, EndpointModel } from '../../models/endpoints';
import { parseModelId } from '../../models/modelIds';

export type RunModel = Pick<RunHeader['model'], 'id' | 'baseUrl'>;

export type FoundModel =
  | { readonly kind: 'found'; readonly endpoint: Endpoint; readonly model: EndpointModel }
  /** The address is in the settings, the model is not among those chosen there. */
  | { readonly kind: 'not-chosen'; readonly endpoint: Endpoint; readonly name: string }
  /** An endpoint of the same name has another address now. */
  | { readonly kind: 'moved'; readonly endpoint: Endpoint; readonly baseUrl: string }
  | { readonly kind: 'no-endpoint'; readonly baseUrl: string }
  /** The run does not say where its model was asked. */
  | { readonly kind: 'no-address' };

/**
 * Looks by address and name, not by id: the command line calls the same endpoint otherwise. An address that only the
 * run file names is never asked, since such a file may come from anybody and the key goes where the model is.
 */
export function findModelOfRun(endpoints: readonly Endpoint[], { id, baseUrl }: RunModel): FoundModel {
  if (baseUrl === undefined) return { kind: 'no-address' };
  const parsed = parseModelId(id);
  const name = parsed?.kind === 'endpoint' ? parsed.model : id;
  const there = endpoints.filter((endpoint) => trimSlashes(endpoint.baseUrl) === trimSlashes(baseUrl));
  for (const endpoint of there) {
    const model = endpoint.models.find((offered) => offered.id === name);
    if (model) return { kind: 'found', endpoint, model };
  }
  const [first] = there;
  if (first) return { kind: 'not-chosen', endpoint: first, name };
  const namesake = parsed?.kind === 'endpoint' && endpoints.find((endpoint) => endpoint.name === parsed.endpoint);
  return namesake ? { kind: 'moved', endpoint: namesake, baseUrl } : { kind: 'no-endpoint', baseUrl };
}

/** Whether somebody could be asked at all: answers that were imported have nobody behind them. */
export function hasModelToAsk({ id, baseUrl }: RunModel): boolean {
  const kind = parseModelId(id)?.kind;
  return baseUrl !== undefined || kind === 'vscode' || kind === 'builtin';
}

function trimSlashes(url: string): string {
  return url.replace(/\/+$/, '');
}
