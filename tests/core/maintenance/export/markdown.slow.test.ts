import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeMaintenanceMarkdown } from '../../../../core/maintenance/export/markdown.ts';
import { ENGLISH, HOSTILE_NAMES, JAPANESE, samplePlan } from './plans.ts';

test('the ticket contains the answer, the windows with their commands, and the missed deadlines with reasons', () => {
  const text = writeMaintenanceMarkdown(samplePlan('retail-east'), ENGLISH);
  expect(text).toContain('# Maintenance windows for AKS enabled by Azure Arc');
  expect(text).toContain('One task cannot wait for a window: run it now. The next window is');
  expect(text).toContain('### Sat 26 Dec 2026 22:00 to Sun 27 Dec 2026 04:00');
  expect(text).toContain('`Update-AksHciClusterCertificates -name retail-east -fixCloudCredentials`');
  expect(text).toContain('The deadline has passed: run it now, before any window.');
  expect(text).toMatch(/Documented: Microsoft Learn, Overview of certificate management/u);
});

test('a Japanese ticket has Japanese headings and unchanged commands', () => {
  const english = writeMaintenanceMarkdown(samplePlan('retail-east'), ENGLISH);
  const japanese = writeMaintenanceMarkdown(samplePlan('retail-east'), JAPANESE);
  expect(japanese).toContain('### 2026年12月26日(土) 22:00 から 2026年12月27日(日) 04:00 まで');
  const commands = (text: string): string[] => text.match(/`[^`]+`/gu) ?? [];
  expect(commands(japanese)).toEqual(commands(english));
  for (const heading of japanese.match(/^##? .*$/gmu) ?? [])
    expect(heading).toMatch(/[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u);
});

test('the name of a cluster creates no heading, row, link or markup', () => {
  const shape = (text: string): string[] =>
    text.split('\n').map((line) => line.match(/^(#+ |- {0,3}|\|| {2}- |\*\*)?/u)?.[0] ?? '');
  const cells = (text: string): number[] =>
    text
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) => line.replaceAll(/\\./gu, '').split('|').length);
  const usual = writeMaintenanceMarkdown(samplePlan('retail-east'), ENGLISH);
  fc.assert(
    fc.property(fc.oneof(fc.constantFrom(...HOSTILE_NAMES), fc.string({ unit: 'grapheme' })), (name) => {
      const text = writeMaintenanceMarkdown(samplePlan(name), ENGLISH);
      expect(shape(text)).toEqual(shape(usual));
      expect(cells(text)).toEqual(cells(usual));
      // Outside code, only the line breaks of the table may look like a tag or a link.
      const outside = text.replaceAll(/(`+).*?\1/gu, '').replaceAll('<br>', '');
      expect(outside.replaceAll(/\\./gu, '')).not.toMatch(/[<>[\]]/u);
    }),
    { numRuns: 60, examples: HOSTILE_NAMES.map((name) => [name]) },
  );
});
