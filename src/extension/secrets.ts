/**
 * The keys of endpoints. A key belongs to an endpoint *and* to the origin it was entered for: when the base URL
 * later points elsewhere, the old key is not sent there.
 */

/** The part of `vscode.SecretStorage` used here. */
export interface SecretStore {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

export interface KeyOwner {
  readonly name: string;
  readonly baseUrl: string;
}

export type KeyState = 'set' | 'none' | 'other-origin';

export class EndpointKeys {
  constructor(
    private readonly secrets: SecretStore,
    /** Told each key that is handled, so that the log can hide it. */
    private readonly onKey: (key: string) => void = () => {},
  ) {}

  /** The key for the endpoint at its present origin; undefined where none was entered for it. */
  async get(endpoint: KeyOwner): Promise<string | undefined> {
    const stored = await this.read(endpoint);
    if (!stored || stored.origin !== originOf(endpoint.baseUrl)) return undefined;
    this.onKey(stored.key);
    return stored.key;
  }

  async stateOf(endpoint: KeyOwner): Promise<KeyState> {
    const stored = await this.read(endpoint);
    if (!stored) return 'none';
    return stored.origin === originOf(endpoint.baseUrl) ? 'set' : 'other-origin';
  }

  async set(endpoint: KeyOwner, key: string): Promise<void> {
    this.onKey(key);
    await this.secrets.store(slot(endpoint), JSON.stringify({ origin: originOf(endpoint.baseUrl), key }));
  }

  async delete(endpoint: Pick<KeyOwner, 'name'>): Promise<void> {
    await this.secrets.delete(slot(endpoint));
  }

  private async read(endpoint: KeyOwner) {
    const text = await this.secrets.get(slot(endpoint));
    if (text === undefined) return undefined;
    try {
      const { origin, key } = JSON.parse(text) as { readonly origin?: unknown; readonly key?: unknown };
      return typeof origin === 'string' && typeof key === 'string' ? { origin, key } : undefined;
    } catch {
      return undefined;
    }
  }
}

function slot({ name }: Pick<KeyOwner, 'name'>): string {
  return `endpoint.${name}`;
}

/** Scheme, host and port; an unreadable URL has an origin of its own that no key was ever entered for. */
function originOf(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).origin : `unreadable:${baseUrl}`;
}
