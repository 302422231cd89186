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
