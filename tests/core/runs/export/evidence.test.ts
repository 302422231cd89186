import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { runEvidence } from '../../../../core/runs/export/evidence.ts';
import { readSums } from '../../../../core/formats/archive/sha256-sums.ts';
import { readZip } from '../../../../core/formats/archive/zip.ts';
import { instant } from '../../../../core/shared/instant.ts';
import type { RunRecord } from '../../../../core/runs/model/run.ts';
import { nodeCrypto } from '../../../../core/node/crypto.ts';
import { makeCheckedStep, makePlan, result, makeRun } from '../plans.ts';

const run: RunRecord = {
  ...makeRun(makePlan(makeCheckedStep('one'), makeCheckedStep('two'), makeCheckedStep('three'))),
  state: 'failed',
  endedAt: instant('2026-11-25T12:09:00Z'),
  steps: [
    {
      id: 'one',
      state: 'done',
      tries: 2,
      startedAt: instant('2026-11-25T12:01:00Z'),
      endedAt: instant('2026-11-25T12:02:00Z'),
      result: result({
        output: { head: 'begun\n', tail: 'the end\n', leftOutBytes: 70_000, secrets: 2 },
        knownErrors: [{ failure: 'F07', confidence: 0.9 }],
      }),
      check: { ...result(), verdict: 'unclear' },
    },
    { id: 'two', state: 'skipped', tries: 0, reason: 'seen on the host' },
    {
      id: 'three',
      state: 'unknown',
      tries: 1,
      startedAt: instant('2026-11-25T12:03:00Z'),
      result: result({ ended: 'lost', exitCode: 255 }),
    },
  ],
};

function files(of: RunRecord = run): Map<string, string> {
  const read = readZip(runEvidence(of, nodeCrypto()));
  if (!read.ok) throw new Error('not a ZIP archive');
  const texts = read.entries.map(({ name, bytes }): [string, string] => [name, new TextDecoder().decode(bytes)]);
  return new Map(texts);
}

describe('the evidence of a run', () => {
  test('contains the plan, the record, the transcript, and the SHA-256 of each', () => {
    const all = files();
    expect([...all.keys()].sort()).toEqual([
      ...['SHA256SUMS', 'plan.en.html', 'plan.en.md', 'plan.ja.html', 'plan.ja.md', 'run.json'],
      ...['transcript.en.txt', 'transcript.ja.txt'],
    ]);
    expect(JSON.parse(all.get('run.json') ?? '')).toEqual(run);
    const sums = readSums(all.get('SHA256SUMS') ?? '');
    if (!sums.ok) throw new Error(`line ${sums.line}`);
    expect(sums.sums.size).toBe(7);
    for (const [name, sum] of sums.sums)
      expect(
        createHash('sha256')
          .update(all.get(name) ?? '')
          .digest('hex'),
      ).toBe(sum);
  });

  test('lists for each step what was done, printed and left out', () => {
    const text = files().get('transcript.en.txt') ?? '';
    for (const line of [
      ...['Run 00000000000000aa: retail-east', '  | begun', '  | the end', 'F07'],
      ...['70,000 bytes were not kept', '2 secrets were removed', 'seen on the host'],
      ...['The connection was lost', 'exit code 0', '25 Nov 2026 12:01 UTC; tries: 2'],
    ])
      expect(text).toContain(line);
    expect(files().get('transcript.ja.txt')).toContain('接続が切れました');
  });

  test('always has the same bytes', () => {
    const bytes = runEvidence(run, nodeCrypto());
    expect(runEvidence(structuredClone(run), nodeCrypto())).toEqual(bytes);
  });
});
