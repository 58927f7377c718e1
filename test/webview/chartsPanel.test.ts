/** The parts of the panel's host that need no VS Code. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { renderChartsHtml } from '../../src/extension/panels/chartsHtml';
import { throttle } from '../../src/extension/throttle';

describe('throttle', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('acts soon, then at most once in each interval, and never loses the last request', () => {
    const act = vi.fn();
    const posts = throttle(act, 250);
    posts.request();
    vi.advanceTimersByTime(0);
    expect(act).toHaveBeenCalledTimes(1);
    for (let i = 0; i < 100; i++) {
      posts.request();
      vi.advanceTimersByTime(10);
    }
    expect(act).toHaveBeenCalledTimes(5);
    posts.request();
    vi.advanceTimersByTime(250);
    expect(act).toHaveBeenCalledTimes(6);
    vi.advanceTimersByTime(10_000);
    expect(act).toHaveBeenCalledTimes(6);
  });

  it('does nothing more once disposed', () => {
    const act = vi.fn();
    const posts = throttle(act, 250);
    posts.request();
    posts.dispose();
    vi.advanceTimersByTime(1000);
    expect(act).not.toHaveBeenCalled();
  });
});

describe('renderChartsHtml', () => {
  const html = renderChartsHtml({ nonce: 'abc', script: 's.js', style: 's.css' });

  it('starts from nothing allowed and lets only the nonce in', () => {
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? '';
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'nonce-abc'",
      "style-src 'nonce-abc'",
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  it('has no inline script or style', () => {
    expect(html.match(/<script[^>]*>/g)).toEqual(['<script nonce="abc" src="s.js">']);
    expect(html).not.toMatch(/<style|style=|\son\w+=/);
  });
});
