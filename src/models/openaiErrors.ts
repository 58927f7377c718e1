/** What went wrong at an OpenAI-compatible endpoint, in words that say what to do next. */
import { ModelError } from './client';
import { hideKeys } from './redact';

export interface Asked {
  /** The endpoint's name in ids. */
  readonly endpoint: string;
  readonly baseUrl: string;
  /** Absent where the endpoint itself was asked, e.g. for its models. */
  readonly model?: string;
  readonly apiKey?: string;
  /** How a person gives the key, e.g. "Set the key with Set API Key… in the Models view". */
  readonly keyAdvice: string;
}

/** The parts of the client library's errors that are read here; never trusted. */
interface RawError {
  readonly status?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly headers?: { get?(name: string): string | null };
  readonly cause?: unknown;
}

export function explainEndpointError(error: unknown, asked: Asked): ModelError {
  const own = findModelError(error);
  if (own) return own;
  const raw = (typeof error === 'object' && error !== null ? error : { message: String(error) }) as RawError;
  return typeof raw.status === 'number' ? explainStatus(raw.status, raw, asked) : explainConnection(raw, asked);
}

/** The client library wraps what our own fetch throws. */
function findModelError(error: unknown): ModelError | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if (at instanceof ModelError) return at;
  }
  return undefined;
}

function explainStatus(status: number, raw: RawError, asked: Asked): ModelError {
  const { endpoint, baseUrl, model, keyAdvice, apiKey } = asked;
  const said = quote(raw, apiKey);
  const at = `${endpoint} (${baseUrl})`;
  const options = { cause: status };
  if (status === 401) {
    const what = apiKey ? 'does not accept the key' : 'asks for a key';
    return new ModelError('unauthorized', 'stop', `${at} ${what}. ${keyAdvice}.${said}`, undefined, options);
  }
  if (status === 403) {
    const what = model ? `does not let this key use ${model}` : 'does not allow this';
    const next = 'Check what the account may use, or choose another model';
    return new ModelError('forbidden', 'stop', `${at} ${what}. ${next}.${said}`, undefined, options);
  }
  if (status === 404) return explainNotFound(at, said, asked);
  if (status === 429 && raw.code === 'insufficient_quota') {
    const next = 'Check its plan and billing, or choose another model';
    return new ModelError('rate-limited', 'stop', `The quota at ${at} is used up. ${next}.${said}`, undefined, options);
  }
  if (status === 429) {
    const next = 'Lower the concurrency if this lasts';
    return new ModelError(
      'rate-limited',
      'retry',
      `${at} is asked too often. ${next}.${said}`,
      readRetryAfter(raw),
      options,
    );
  }
  if (status >= 500 || status === 408 || status === 409) {
    return new ModelError(
      'server-error',
      'retry',
      `${at} failed with status ${status}.${said}`,
      readRetryAfter(raw),
      options,
    );
  }
  // A prompt that is too long, or that a filter holds back, says nothing about the other prompts.
  const isOnePrompt = raw.code === 'context_length_exceeded' || raw.code === 'content_filter' || status === 413;
  const kind = isOnePrompt ? 'fail' : 'stop';
  const next = 'Check the base URL and the parameters of the model';
  return new ModelError(
    'bad-request',
    kind,
    `${at} rejects the request (status ${status}). ${next}.${said}`,
    undefined,
    options,
  );
}

function explainNotFound(at: string, said: string, { model, baseUrl }: Asked): ModelError {
  const next = model
    ? `knows no model "${model}". Choose one that it lists (${baseUrl}/models), or check the base URL`
    : 'has nothing there. Check the base URL: it usually ends in /v1';
  return new ModelError('unknown-model', 'stop', `${at} ${next}.${said}`, undefined, { cause: 404 });
}

const UNREACHABLE = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ECONNECTTIMEOUT|UND_ERR_CONNECT_TIMEOUT/;
/** What fetch does not even try: a port it forbids, an address it cannot read. */
const REFUSED_OUTRIGHT = /\bbad port\b|ERR_INVALID_URL|Failed to parse URL|unknown scheme|invalid method/i;
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/;

function explainConnection(raw: RawError, { endpoint, baseUrl, apiKey }: Asked): ModelError {
  const chain = listCauses(raw);
  const codes = chain.map(({ code, message }) => `${String(code ?? '')} ${String(message ?? '')}`).join(' ');
  const at = `${endpoint} (${baseUrl})`;
  if (CERTIFICATE.test(codes)) {
    const next = 'Set NODE_EXTRA_CA_CERTS to the authority that signed it';
    return new ModelError('unreachable', 'stop', `The certificate of ${at} is not trusted. ${next}.`);
  }
  if (REFUSED_OUTRIGHT.test(codes)) {
    const next = 'Correct the base URL';
    return new ModelError('unreachable', 'stop', `${at} cannot be asked: ${chain.at(-1)?.message}. ${next}.`);
  }
  if (UNREACHABLE.test(codes)) {
    return new ModelError(
      'unreachable',
      'retry',
      `${endpoint} cannot be reached. Is the server running at ${baseUrl}?`,
    );
  }
  if (/tim(?:ed? ?|e)out/i.test(codes)) {
    return new ModelError('timeout', 'retry', `${at} gave no answer in time.`);
  }
  if (chain.some((cause) => cause instanceof SyntaxError)) {
    return new ModelError('bad-response', 'retry', `${at} sent an answer that is cut or not JSON.`);
  }
  const said = quote(chain.at(-1) ?? raw, apiKey);
  return new ModelError('server-error', 'retry', `The connection to ${at} broke.${said}`);
}

function listCauses(error: RawError): RawError[] {
  const chain: RawError[] = [];
  for (
    let at: unknown = error;
    typeof at === 'object' && at !== null && chain.length < 5;
    at = (at as RawError).cause
  ) {
    chain.push(at as RawError);
  }
  return chain;
}

const LONGEST_QUOTE = 300;

/** The endpoint's own words, without keys; a web page says nothing. */
function quote({ message }: RawError, apiKey: string | undefined): string {
  const text =
    typeof message === 'string'
      ? message
          .replace(/^\d{3} /, '')
          .replace(/\s+/g, ' ')
          .trim()
      : '';
  if (text === '' || text.startsWith('<') || text === 'status code (no body)') return '';
  const clean = hideKeys(text, apiKey);
  return ` It said: ${clean.length > LONGEST_QUOTE ? `${clean.slice(0, LONGEST_QUOTE)}…` : clean}`;
}

/** Milliseconds; from `retry-after-ms`, or `retry-after` as seconds or a date. */
function readRetryAfter({ headers }: RawError): number | undefined {
  const exact = Number(headers?.get?.('retry-after-ms') ?? Number.NaN);
  if (Number.isFinite(exact) && exact >= 0) return exact;
  const text = headers?.get?.('retry-after');
  if (!text) return undefined;
  const seconds = Number(text);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
