// What the command line is measured against: the same client library and a limit on requests under way, nothing kept.
// node baseline.mjs BASE_URL PROMPTS.json CONCURRENCY
import { readFileSync } from 'node:fs';
import OpenAI from 'openai';

const [baseURL, file, concurrency] = process.argv.slice(2);
const prompts = JSON.parse(readFileSync(file, 'utf8'));
const client = new OpenAI({ baseURL, apiKey: 'none' });
let next = 0;
let answered = 0;

async function work() {
  while (next < prompts.length) {
    const messages = prompts[next++];
    const { choices } = await client.chat.completions.create({ model: 'test-model', temperature: 0.2, messages });
    if (choices[0]?.message.content) answered++;
  }
}

await Promise.all(Array.from({ length: Number(concurrency) }, work));
console.log(answered);
