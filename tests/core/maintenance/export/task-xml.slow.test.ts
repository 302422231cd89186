import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ClusterId } from '../../../../core/shared/ids.ts';
import { MOST_TRIGGERS, taskXml, utf16, type TaskOptions } from '../../../../core/maintenance/export/task-xml.ts';
import { needTool } from '../../../support/tools.ts';
import { ENGLISH, HOSTILE_NAMES, JAPANESE, samplePlan } from './plans.ts';

const SCHEMA = join(import.meta.dirname, '../../../fixtures/task-scheduler/task.xsd');
let xmllint: string;

/** Returns the errors of xmllint; empty if the document matches the schema. */
function faultsBySchema(bytes: Uint8Array): string {
  const { status, stderr } = spawnSync(xmllint, ['--noout', '--nonet', '--schema', SCHEMA, '-'], {
    input: bytes,
    encoding: 'utf8',
  });
  return status === 0 ? '' : stderr;
}

function readValue(bytes: Uint8Array, path: string): string {
  const xpath = path.replaceAll(/\/(\w+)/gu, (_, name: string) => `/*[local-name()="${name}"]`);
  const { stdout } = spawnSync(xmllint, ['--xpath', `string(${xpath})`, '-'], { input: bytes, encoding: 'utf8' });
  return stdout.replace(/\n$/u, '');
}

const SINGLE: TaskOptions = { isClustered: false };

describe('the task for the Windows Task Scheduler', () => {
  beforeEach((context) => {
    xmllint = needTool(context, 'xmllint');
  });

  test.each<[string, TaskOptions]>([
    ['of one host as SYSTEM', SINGLE],
    ['of one host with an account', { ...SINGLE, account: 'CONTOSO\\aks-admin' }],
    ['of a failover cluster', { isClustered: true, deployment: 'agent' as ClusterId }],
    ['of a managed account', { isClustered: true, account: 'CONTOSO\\aks$' }],
  ])('conforms to the published schema: %s', (_, options) => {
    for (const wording of [ENGLISH, JAPANESE])
      expect(faultsBySchema(utf16(taskXml(samplePlan('retail-east'), options, wording)))).toBe('');
  });

  test('does not match the schema if an element is misplaced, misspelt or of the wrong type', () => {
    const good = taskXml(samplePlan('retail-east'), SINGLE, ENGLISH);
    for (const [from, to] of [
      ['IgnoreNew', 'Ignore'],
      ['<StartBoundary>', '<StartBoundary>x'],
      ['HighestAvailable', 'Highest'],
      ['Context="Author"', 'Context="Nobody"'],
      ['  <Actions', '  <Extra/><Actions'],
    ] as const) {
      const bad = good.replace(from, to);
      expect(bad).not.toBe(good);
      expect(faultsBySchema(utf16(bad))).not.toBe('');
    }
    const swapped = good.replace(/(<StartBoundary>.*?<\/StartBoundary>)\s*(<EndBoundary>.*?<\/EndBoundary>)/u, '$2$1');
    expect(faultsBySchema(utf16(swapped))).toContain('EndBoundary');
  });

  test('starts and ends with each window, in UTC', () => {
    const plan = samplePlan('retail-east');
    const bytes = utf16(taskXml(plan, SINGLE, ENGLISH));
    plan.windows.forEach(({ start, end }, at) => {
      const trigger = `/Task/Triggers/TimeTrigger[${at + 1}]`;
      expect(readValue(bytes, `${trigger}/StartBoundary`)).toBe(start);
      expect(readValue(bytes, `${trigger}/EndBoundary`)).toBe(end);
    });
    expect(readValue(bytes, '/Task/Settings/ExecutionTimeLimit')).toBe('PT6H');
    expect(readValue(bytes, '/Task/Settings/StartWhenAvailable')).toBe('true');
    expect(readValue(bytes, '/Task/Principals/Principal/UserId')).toBe('S-1-5-18');
  });

  test('runs as the given account, whatever characters its name contains', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.constantFrom(...HOSTILE_NAMES), fc.string({ unit: 'grapheme', minLength: 1 })),
        (account) => {
          const bytes = utf16(taskXml(samplePlan('e'), { ...SINGLE, account }, ENGLISH));
          expect(faultsBySchema(bytes)).toBe('');
          const read = readValue(bytes, '/Task/Principals/Principal/UserId');
          expect(read.replaceAll(/[\s\uFFFD]/gu, '')).toBe(
            account
              .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\uFFFE\uFFFF]/gu, '')
              .replaceAll(/\p{Surrogate}/gu, '')
              .replaceAll(/[\s\uFFFD]/gu, ''),
          );
        },
      ),
      { numRuns: 12, examples: HOSTILE_NAMES.map((name) => [name]) },
    );
  });
});

test('keeps the earliest triggers, up to the maximum number', () => {
  const plan = samplePlan('retail-east');
  const [window] = plan.windows;
  if (window === undefined) throw new Error('no window');
  const many = { ...plan, windows: Array.from({ length: MOST_TRIGGERS + 5 }, () => window) };
  const text = taskXml(many, SINGLE, ENGLISH);
  expect(text.match(/<TimeTrigger /gu)).toHaveLength(MOST_TRIGGERS);
  expect(text).toContain(`${MOST_TRIGGERS} windows`);
});

test('is little-endian UTF-16 with a byte order mark, as the file declares', () => {
  const bytes = utf16(taskXml(samplePlan('retail-east'), SINGLE, JAPANESE));
  expect([...bytes.slice(0, 4)]).toEqual([0xff, 0xfe, 0x3c, 0x00]);
  expect(new TextDecoder('utf-16le').decode(bytes)).toContain('メンテナンス期間');
});
