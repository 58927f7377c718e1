/** A fetch that follows an endpoint's redirects only within its own origin, so that a key never leaves it. */
import { ModelError } from './client';
import { postText } from './postText';

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const MOST_REDIRECTS = 5;

/** @throws {ModelError} where the endpoint points elsewhere. */
export async function fetchWithinOrigin(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  let url = new URL(input instanceof Request ? input.url : input);
  const { origin } = url;
  for (let followed = 0; ; followed++) {
    const response = await send(url, init);
    const location = response.headers.get('location');
    if (!REDIRECTS.has(response.status) || !location) return response;
    const next = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
    if (next?.origin !== origin) {
      const place = next ? next.origin : 'an address that cannot be read';
      throw new ModelError(
        'bad-response',
        'stop',
        `${origin} points to ${place}. The key is not sent there: if that is right, set the base URL to it.`,
      );
    }
    if (followed >= MOST_REDIRECTS) {
      throw new ModelError('bad-response', 'stop', `${origin} redirects in circles. Check the base URL.`);
    }
    await response.body?.cancel();
    url = next;
  }
}

/** What a run asks goes the cheap way; files and lists, which may be large, through the global fetch. */
function send(url: URL, init: RequestInit = {}): Promise<Response> {
  const { method, headers, body, signal } = init;
  if (method === 'POST' && typeof body === 'string')
    return postText(url, { headers: new Headers(headers), body, signal });
  return fetch(url.href, { ...init, redirect: 'manual' });
}
