import { expect, test } from 'vitest';
import type { Finding } from '../../../../core/shared/finding.ts';
import type { Invocation } from '../../../../core/shared/verb/invocation.ts';
import { noticeFindings } from '../../../../core/shared/verb/findings.ts';
import { translator } from '../../../../core/shared/text/text.ts';

test('errors are printed before warnings and warnings before notices, each in their original order', () => {
  const findings = (['notice', 'warning', 'error', 'warning', 'error'] as const).map((severity, at): Finding => ({
    rule: `rule-${String(at)}`,
    severity,
    place: {},
  }));
  const printed: string[] = [];
  const world = { notice: (line: string) => printed.push(line) };
  noticeFindings({ world, translate: translator('en') } as unknown as Invocation, findings);
  expect(printed.map((line) => /rule-\d/u.exec(line)?.[0])).toEqual(['rule-2', 'rule-4', 'rule-1', 'rule-3', 'rule-0']);
});

test('findings that say the same are printed once, with all of their places', () => {
  const printed: string[] = [];
  const world = { notice: (line: string) => printed.push(line) };
  const params = { mode: '644', readers: 'other' };
  const findings = ['/b/admin.conf', '/a/cloudconfig', '/c/node.key'].map((path): Finding => ({
    rule: 'key.readable',
    severity: 'warning',
    place: { path },
    params,
  }));
  const other: Finding = {
    ...findings[0]!,
    params: { mode: '666', readers: 'other' },
    place: { path: '/d/admin.conf' },
  };
  noticeFindings({ world, translate: translator('en') } as unknown as Invocation, [...findings, other]);
  const heads = printed.filter((line) => line.startsWith('warning: '));
  expect(heads).toEqual([
    expect.stringContaining('warning: The mode of this file, 644'),
    expect.stringContaining('/d/admin.conf: '),
  ]);
  expect(printed.slice(1, 4)).toEqual(['  /b/admin.conf', '  /a/cloudconfig', '  /c/node.key']);
});
