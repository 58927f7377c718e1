import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { postText } from '../../src/models/postText';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function serve(listener: RequestListener): Promise<URL> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/ask?x=1`);
}

const post = (url: URL, body = '{}', signal?: AbortSignal) =>
  postText(url, {
    headers: new Headers({ authorization: 'Bearer k', 'content-type': 'application/json' }),
    body,
    signal,
  });

test('sends headers and a body of more than one byte a character, and gives the whole answer back', async () => {
  const url = await serve(async (request, response) => {
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk;
    const { authorization, 'content-length': length } = request.headers;
    response.writeHead(201, { 'x-request-id': 'r1' });
    response.write('ü'.repeat(100_000));
    response.end(JSON.stringify({ url: request.url, authorization, length, text }));
  });
  const response = await post(url, '"ü€😀"');
  expect(response.status).toBe(201);
  expect(response.ok).toBe(true);
  expect(response.headers.get('x-request-id')).toBe('r1');
  const answer = (await response.text()).replace(/^ü+/, ({ length }) => `${length} `);
  expect(answer).toBe(
    `100000 ${JSON.stringify({ url: '/v1/ask?x=1', authorization: 'Bearer k', length: '11', text: '"ü€😀"' })}`,
  );
});

test.each([
  ['gzip', gzipSync],
  ['br', brotliCompressSync],
])('reads an answer that comes as %s though nobody asked for it', async (encoding, compress) => {
  const url = await serve((_, response) => {
    response.writeHead(200, { 'content-encoding': encoding }).end(compress('{"a":1}'));
  });
  expect(await (await post(url)).json()).toEqual({ a: 1 });
});

test('an answer that is cut in its compression is an error', async () => {
  const whole = gzipSync('{"a":1}'.repeat(100));
  const url = await serve((_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(whole.subarray(0, whole.length / 2));
  });
  await expect(post(url)).rejects.toMatchObject({ code: 'Z_BUF_ERROR' });
});

test('a redirect and an answer without a body are answers', async () => {
  const url = await serve((request, response) => {
    if (request.headers['content-length'] === '2') response.writeHead(307, { location: '/other' }).end();
    else response.writeHead(204).end();
  });
  const redirect = await post(url);
  expect([redirect.status, redirect.headers.get('location')]).toEqual([307, '/other']);
  const empty = await post(url, 'long');
  expect([empty.status, await empty.text()]).toEqual([204, '']);
});

test('a connection that breaks before or within an answer is an error with a code', async () => {
  const url = await serve((request, response) => {
    if (request.headers['content-length'] === '2') request.socket.destroy();
    else {
      response.writeHead(200, { 'content-length': '500' });
      response.write('{"choices"', () => request.socket.destroy());
    }
  });
  await expect(post(url)).rejects.toMatchObject({ code: 'ECONNRESET' });
  await expect(post(url, 'long')).rejects.toMatchObject({ code: 'ECONNRESET' });
});

test('is given up at once, before an answer and within one', async () => {
  let asked = 0;
  const url = await serve((_, response) => {
    if (asked++ > 0) response.writeHead(200).write('{');
  });
  for (const _ of ['before', 'within']) {
    const controller = new AbortController();
    const answer = post(url, '{}', controller.signal);
    setTimeout(() => controller.abort(), 50);
    const started = performance.now();
    await expect(answer).rejects.toThrow(/abort/);
    expect(performance.now() - started).toBeLessThan(1000);
  }
});
