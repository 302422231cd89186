import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AuditTrail } from '../../../core/store/audit.ts';
import { MemoryFiles, testPorts } from '../../support/ports.ts';

const TRAIL = '/data/audit.jsonl';
const HEAD = '/data/audit-head.json';

interface Written {
  files: MemoryFiles;
  lines: string[];
}

/** A trail of so many lines. */
async function trailOf(count: number): Promise<Written> {
  const files = new MemoryFiles();
  const trail = await AuditTrail.open(testPorts(files), '/data');
  for (let at = 0; at < count; at += 1)
    await trail.append({
      by: 'CORP\\admin',
      action: 'credential.snoozed',
      subject: `credential-${at}`,
      params: { reason: '保守 "window"\n', until: '2026-12-01T00:00:00Z' },
    });
  return { files, lines: await linesOf(files) };
}

async function linesOf(files: MemoryFiles): Promise<string[]> {
  const text = new TextDecoder().decode(await files.read(TRAIL, 1_000_000));
  return text.split('\n').slice(0, -1);
}

async function faultsIn(files: MemoryFiles): Promise<string[]> {
  const trail = await AuditTrail.open(testPorts(files), '/data', { readOnly: true });
  return (await trail.verify()).faults.map(({ rule, line }) => `${line} ${rule}`);
}

async function faultsOfLines({ files }: Written, lines: readonly string[]): Promise<string[]> {
  const copy = new MemoryFiles();
  copy.put(HEAD, await files.read(HEAD, 10_000));
  copy.put(TRAIL, lines.map((line) => `${line}\n`).join(''));
  return faultsIn(copy);
}

test('every line names the SHA-256 of the line before it, as another program computes it', async () => {
  const { lines } = await trailOf(5);
  const hashes = lines.map((line) => createHash('sha256').update(line).digest('hex'));
  const named = lines.map((line) => (JSON.parse(line) as { previous: string }).previous);
  expect(named).toEqual(['0'.repeat(64), ...hashes.slice(0, -1)]);
});

test('a trail that nobody touched has no fault, nor has an empty one', async () => {
  const { files } = await trailOf(8);
  expect(await faultsIn(files)).toEqual([]);
  expect(await faultsIn(new MemoryFiles())).toEqual([]);
});

test('one line changed, removed, doubled, added or moved is found', async () => {
  const written = await trailOf(7);
  const { lines } = written;
  const place = fc.nat(lines.length - 1);
  const change = fc.oneof(
    fc.record({ kind: fc.constant('change' as const), place, with: fc.string({ minLength: 1 }) }),
    fc.record({ kind: fc.constant('letter' as const), place, at: fc.nat(400) }),
    fc.record({ kind: fc.constant('remove' as const), place }),
    fc.record({ kind: fc.constant('double' as const), place }),
    fc.record({ kind: fc.constant('move' as const), place, to: place }),
  );
  await fc.assert(
    fc.asyncProperty(change, async (what) => {
      const changed = [...lines];
      const line = changed[what.place] ?? '';
      if (what.kind === 'change') changed[what.place] = what.with.replaceAll('\n', ' ');
      else if (what.kind === 'letter') {
        const at = what.at % line.length;
        changed[what.place] =
          `${line.slice(0, at)}${line[at] === 'x' ? 'y' : 'x'}${line.slice(at + 1)}`;
      } else if (what.kind === 'remove') changed.splice(what.place, 1);
      else if (what.kind === 'double') changed.splice(what.place, 0, line);
      else {
        changed.splice(what.place, 1);
        changed.splice(what.to, 0, line);
        if (what.to === what.place) return;
      }
      expect(await faultsOfLines(written, changed)).not.toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('the fault is told where it is', async () => {
  const written = await trailOf(4);
  const { lines } = written;
  const [one = '', two = '', three = '', four = ''] = lines;
  expect(await faultsOfLines(written, [one, three, four])).toEqual([
    '2 audit.chain-broken',
    // It is not the third line any more that it says it is.
    '3 audit.chain-broken',
    '4 audit.line-missing',
  ]);
  expect(await faultsOfLines(written, [one, two, three])).toEqual(['4 audit.line-missing']);
  expect(await faultsOfLines(written, [one, two, three, four.replace('CORP', 'C0RP')])).toEqual([
    '4 audit.end-changed',
  ]);
  expect(await faultsOfLines(written, [one, 'x', three, four])).toEqual([
    '2 audit.line-unreadable',
    '3 audit.chain-broken',
  ]);
});

describe('a process that is killed', () => {
  test('with half a line written leaves a trail that goes on, and the half set aside', async () => {
    const { files, lines } = await trailOf(3);
    await files.append(TRAIL, (lines[2] ?? '').slice(0, 50));
    const trail = await AuditTrail.open(testPorts(files), '/data');
    await trail.append({ by: 'admin', action: 'channel.saved', subject: 'mail' });
    expect(await faultsIn(files)).toEqual([]);
    expect((await trail.list()).map(({ action }) => action)).toHaveLength(4);
    expect(files.paths().some((path) => path.startsWith(`${TRAIL}.torn-`))).toBe(true);
  });

  test('before the head knew of its line leaves that line in the trail', async () => {
    const { files } = await trailOf(2);
    const head = await files.read(HEAD, 10_000);
    const trail = await AuditTrail.open(testPorts(files), '/data');
    await trail.append({ by: 'admin', action: 'channel.saved', subject: 'mail' });
    files.put(HEAD, head);
    expect(await faultsIn(files)).toEqual([]);
    const later = await AuditTrail.open(testPorts(files), '/data');
    const { line } = await later.append({
      by: 'admin',
      action: 'channel.removed',
      subject: 'mail',
    });
    expect(line).toBe(4);
    expect(await faultsIn(files)).toEqual([]);
  });
});

test('lines beyond those that the head knows of are told', async () => {
  const { files } = await trailOf(2);
  const head = await files.read(HEAD, 10_000);
  const trail = await AuditTrail.open(testPorts(files), '/data');
  for (const subject of ['a', 'b']) await trail.append({ by: 'x', action: 'y', subject });
  files.put(HEAD, head);
  expect(await faultsIn(files)).toEqual(['3 audit.head-behind']);
});

test('who only looks changes nothing, not even half a line at the end', async () => {
  const { files } = await trailOf(1);
  await files.append(TRAIL, '{"line":');
  const before = new TextDecoder().decode(await files.read(TRAIL, 10_000));
  expect(await faultsIn(files)).toEqual(['2 audit.line-unreadable']);
  expect(new TextDecoder().decode(await files.read(TRAIL, 10_000))).toBe(before);
});
