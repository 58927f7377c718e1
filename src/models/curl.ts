/** A request as a command to paste into a terminal. The key is named, never written. */
import { parseModelId } from './modelIds';

/** The shell keeps everything between single quotes as it is, but for the quote itself. */
function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/**
 * @param baseUrl Of the endpoint, without a slash at its end.
 * @param body What is sent, as JSON.
 * @param keyVariable Environment variable that holds the key; undefined where the endpoint takes none.
 */
export function formatCurl(baseUrl: string, body: object, keyVariable?: string): string {
  const lines = [
    `curl ${quote(`${baseUrl.replace(/\/+$/, '')}/chat/completions`)}`,
    `-H ${quote('Content-Type: application/json')}`,
    // In double quotes, so that the shell puts the key in when the command runs.
    ...(keyVariable ? [`-H "Authorization: Bearer $${keyVariable}"`] : []),
    `--data-raw ${quote(JSON.stringify(body))}`,
  ];
  return lines.join(' \\\n  ');
}

/** `openai/gpt-4o` → `OPENAI_API_KEY`. */
export function nameKeyVariable(modelId: string): string {
  const parsed = parseModelId(modelId);
  const endpoint = parsed?.kind === 'endpoint' ? parsed.endpoint : 'endpoint';
  return `${endpoint.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}_API_KEY`;
}
