import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { STEP_RISKS } from '../../../../core/knowledge/model/step.ts';
import { commandText } from '../../../../core/plan/model/plan.ts';
import { findPlanFormat, writePlanFile } from '../../../../core/plan/export/file.ts';
import { planHtml } from '../../../../core/plan/export/html-page.ts';
import { planMarkdown } from '../../../../core/plan/export/markdown-page.ts';
import { commandsText, planSentence, planText } from '../../../../core/plan/text/plan-text.ts';
import { evaluateXpath } from '../../../support/html-page.ts';
import { testPorts } from '../../../support/ports.ts';
import { needTool } from '../../../support/tools.ts';
import { HOSTILE_NAMES } from '../../maintenance/export/plans.ts';
import { ENGLISH, JAPANESE, samplePlan } from './samples.ts';

const NOTHING = { ...samplePlan('x'), steps: [], warnings: [], after: [] };

describe('a plan as Markdown', () => {
  test('has every step with its command, reasons, check, undo command and sources', () => {
    const text = planMarkdown(samplePlan('retail-east'), ENGLISH);
    expect(text).toContain('# Update of AKS enabled by Azure Arc');
    expect(text).toContain('- Clusters: ca-1.contoso.example (hosts), retail-east');
    expect(text).toContain('### 2. Update the hosts and the management cluster (retail-east)');
    expect(text).toContain(
      '```powershell\nUpdate-AksHciClusterCertificates -name retail-east -fixCloudCredentials\n```',
    );
    expect(text).toContain('- **Check**: `kubectl get nodes --kubeconfig retail-east` → Every node');
    expect(text).toContain('- **Takes**: usually 10 minutes, at most 2 hours');
    expect(text).toContain('- **Instead**: Two pages say');
    expect(text).toContain('`Update-AksHci`');
    expect(text).toContain('by 24 Jan 2027 12:00 UTC');
    expect(text).toContain('To fill in: kubernetes\\_version');
    expect(text).toMatch(/_Sources: Documented: MicrosoftDocs\/azure-stack-docs/u);
    expect(planMarkdown(NOTHING, ENGLISH)).toContain('Nothing needs to be done now.');
  });

  test('has Japanese headings and unchanged commands in Japanese', () => {
    const blocks = (text: string): string[] => text.match(/```powershell\n[^`]*```/gu) ?? [];
    const japanese = planMarkdown(samplePlan('retail-east'), JAPANESE);
    expect(blocks(japanese)).toEqual(blocks(planMarkdown(samplePlan('retail-east'), ENGLISH)));
    for (const heading of japanese.match(/^#+ .*$/gmu) ?? [])
      expect(heading).toMatch(/[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u);
  });

  test('shows names without creating a heading, link or markup and without ending a code block', () => {
    /** Returns the beginning of each line, without the content of code blocks. */
    const shape = (text: string): string[] => {
      let fence = '';
      return text.split('\n').flatMap((line) => {
        const mark = /^(`{3,})/u.exec(line)?.[1] ?? '';
        if (fence === '' && mark !== '') {
          fence = mark;
          return ['```'];
        }
        if (fence !== '') {
          if (line === fence) fence = '';
          return [];
        }
        return [/^(?:#+ |- (?:\*\*[^*]+\*\*)?|_)?/u.exec(line)?.[0] ?? ''];
      });
    };
    const usual = shape(planMarkdown(samplePlan('retail-east'), ENGLISH));
    fc.assert(
      fc.property(
        fc.oneof(fc.constantFrom(...HOSTILE_NAMES, '```\n# x', '~~~'), fc.string({ unit: 'grapheme' })),
        (name) => {
          expect(shape(planMarkdown(samplePlan(name), ENGLISH))).toEqual(usual);
        },
      ),
      { numRuns: 60, examples: HOSTILE_NAMES.map((name) => [name]) },
    );
  });
});

describe('a plan as an HTML page', () => {
  test.for([ENGLISH, JAPANESE])('is well-formed, with one section per step', (wording, context) => {
    needTool(context, 'xmllint');
    for (const name of ['retail-east', '<b>&"\'</b>', ']]>', '東日本']) {
      const plan = samplePlan(name);
      const html = planHtml(plan, wording);
      const { value, errors } = evaluateXpath(html, 'count(//section[h3])');
      expect(errors).toEqual([]);
      expect(Number(value)).toBe(plan.steps.length);
      expect(evaluateXpath(html, 'string(/html/@lang)').value).toBe(wording.language);
    }
  });

  test('shows hostile names as text and executes nothing', () => {
    for (const name of ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>']) {
      const html = planHtml(samplePlan(name), ENGLISH);
      expect(html).not.toMatch(/<script|<img/u);
      expect(html).toContain("default-src 'none'");
    }
    expect(planHtml(samplePlan('retail-east'), ENGLISH)).not.toMatch(/https?:|src=|href=/u);
    expect(planHtml(NOTHING, ENGLISH)).toContain('Nothing needs to be done now.');
  });
});

test('every risk of a step has a message', () => {
  const [first] = samplePlan('x').steps;
  if (first === undefined) throw new Error('no step');
  const texts = STEP_RISKS.map((risk) =>
    planMarkdown({ ...NOTHING, steps: [{ ...first, risk }] }, ENGLISH).match(/\*\*Risk\*\*: .*/u),
  );
  expect(new Set(texts.map((match) => match?.[0])).size).toBe(STEP_RISKS.length);
});

describe('a plan in a terminal', () => {
  test('has the same steps in both languages', () => {
    const plan = samplePlan('retail-east');
    for (const wording of [ENGLISH, JAPANESE]) {
      const text = planText(plan, wording);
      for (const { command } of plan.steps)
        for (const line of command === undefined ? [] : commandText(command).split('\n'))
          expect(text).toContain(`> ${line}`);
      expect(text.endsWith('\n')).toBe(true);
      expect(text.endsWith('\n\n')).toBe(false);
    }
    expect(planText(plan, ENGLISH)).toContain('! Update retail-east before the hosts');
  });

  test('shows instants as dates and systems by name', () => {
    const statement = {
      text: 'preflight.support-end.over',
      params: { system: 'windows-server-2019', at: '2026-03-01T00:00:00Z' },
      citations: [],
    };
    expect(planSentence(statement, ENGLISH)).toContain('Support for Windows Server 2019 ended on 1 Mar 2026');
    expect(planSentence(statement, JAPANESE)).toContain('2026年3月1日');
  });
});

describe('a file', () => {
  test('has the format that its extension indicates', async () => {
    expect(['a.ps1', 'A.PS1', 'b.md', 'c.html', 'd.txt', 'ps1'].map(findPlanFormat)).toEqual([
      'ps1',
      'ps1',
      'md',
      'html',
      undefined,
      undefined,
    ]);
    const ports = testPorts();
    const wording = { language: 'en' as const, translate: ENGLISH.translate };
    for (const [format, start] of [
      ['ps1', '\uFEFF# Update of AKS'],
      ['md', '# Update of AKS'],
      ['html', '<!doctype html>'],
    ] as const) {
      const path = `/out/plan.${format}`;
      const saved = await writePlanFile(ports, samplePlan('retail-east'), { path, format, wording });
      const bytes = await ports.files.read(path, Infinity);
      expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).startsWith(start)).toBe(true);
      expect(saved).toMatchObject({ name: `plan.${format}`, bytes: bytes.length });
    }
  });
});

test('in the commands to copy, each command follows a one-line comment with its step, and the undo commands come last', () => {
  const plan = samplePlan('two\nlines');
  const [, repair] = plan.steps;
  if (repair === undefined) throw new Error('no step');
  expect(commandsText({ steps: [repair] }, ENGLISH).split('\n\n')).toEqual([
    expect.stringMatching(
      /^# 1\. Update the hosts and the management cluster \(two lines\): [^\n]+\nUpdate-AksHciCluster/u,
    ),
    // A value with a line break is shown as a placeholder.
    expect.stringMatching(/^# To reverse: [^\n]+\nCopy-Item -LiteralPath <cluster>$/u),
  ]);
});
