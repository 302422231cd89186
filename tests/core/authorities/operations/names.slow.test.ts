import { domainToASCII } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isDnsName,
  isEndpoint,
  isHostName,
  isNodeName,
  isServerUrl,
} from '../../../../core/authorities/operations/names.ts';

describe('a name', () => {
  test.each([
    ['a', true, true, true, true],
    ['worker-1.contoso.example', true, true, true, true],
    ['Worker-1', true, true, false, true],
    ['*.apps.example', false, true, false, false],
    ['10.0.0.1', false, false, true, true],
    ['fd00::1', false, false, false, true],
    ['300.1.1.1', false, false, true, false],
    ['a.example.', false, false, false, false],
    ['a_b', false, false, false, false],
    ['-a', false, false, false, false],
    ['a..b', false, false, false, false],
    ['*', false, false, false, false],
    ['', false, false, false, false],
    ['a b', false, false, false, false],
    ['a'.repeat(64), false, false, false, false],
    [`${'a.'.repeat(126)}a`, true, true, true, true],
    [`${'a.'.repeat(127)}a`, false, false, false, false],
  ])('%s is accepted only where its form is allowed', (text, host, dns, node, endpoint) => {
    expect([isHostName(text), isDnsName(text), isNodeName(text), isEndpoint(text)]).toEqual([
      host,
      dns,
      node,
      endpoint,
    ]);
  });

  test('of a host is also accepted by the URL parser of Node', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9.-]{1,20}$/u), (text) => {
        // The URL parser decodes labels that begin with xn--, and refuses empty ones.
        fc.pre(!text.includes('xn--'));
        // Node 18 mistakes a last label that begins with a digit for an invalid number.
        fc.pre(!/(?:^|\.)\d[^.]*$/u.test(text));
        if (isHostName(text)) expect(domainToASCII(text)).toBe(text);
      }),
    );
  });
});

describe('the address of an API server', () => {
  test.each([
    ['https://172.16.255.14:6443', true],
    ['https://api.contoso.example', true],
    ['https://[fd00::1]:6443', true],
    ['HTTPS://a', true],
    ['http://a', false],
    ['https://a/', false],
    ['https://a:0', false],
    ['https://a:65536', false],
    ['https://fd00::1', false],
    ['https://[10.0.0.1]', false],
    ['https://user@a', false],
    ['https://', false],
    ['https://a b', false],
    ['https://300.1.1.1', false],
  ])('consists of https, a host and an optional port: %s', (text, expected) => {
    expect(isServerUrl(text)).toBe(expected);
    if (expected) expect(new URL(text).origin).toMatch(/^https:\/\/[^/]+$/u);
  });
});
