import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linesOfFile } from '../../../../core/audit/store/audit-file.ts';
import type { AuditEntry } from '../../../../core/audit/store/audit-lines.ts';
import { AuditTrail } from '../../../../core/audit/store/audit.ts';
import { MemoryFiles, testPorts } from '../../../support/ports.ts';

const TRAIL = '/data/audit.jsonl';
const HEAD = '/data/audit-head.json';

interface Written {
  files: MemoryFiles;
  lines: string[];
}

async function writeTrail(count: number): Promise<Written> {
  const files = new MemoryFiles();
  const trail = await AuditTrail.open(testPorts(files), '/data');
  for (let at = 0; at < count; at += 1)
    await trail.append({
      by: 'CORP\\admin',
      action: 'credential.snoozed',
      subject: `credential-${at}`,
      params: { reason: '保守 "window"\n', until: '2026-12-01T00:00:00Z' },
    });
  return { files, lines: await readLines(files) };
}

async function readLines(files: MemoryFiles): Promise<string[]> {
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

test('every line contains the SHA-256 of the previous line, as another program computes it', async () => {
  const { lines } = await writeTrail(5);
  const hashes = lines.map((line) => createHash('sha256').update(line).digest('hex'));
  const named = lines.map((line) => (JSON.parse(line) as { previous: string }).previous);
  expect(named).toEqual(['0'.repeat(64), ...hashes.slice(0, -1)]);
});

test('neither an untouched trail nor an empty one has faults', async () => {
  const { files } = await writeTrail(8);
  expect(await faultsIn(files)).toEqual([]);
  expect(await faultsIn(new MemoryFiles())).toEqual([]);
});

test('a changed, removed, duplicated, added or moved line is detected', async () => {
  const written = await writeTrail(7);
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
        changed[what.place] = `${line.slice(0, at)}${line[at] === 'x' ? 'y' : 'x'}${line.slice(at + 1)}`;
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

test('a fault is reported at its line', async () => {
  const written = await writeTrail(4);
  const { lines } = written;
  const [one = '', two = '', three = '', four = ''] = lines;
  expect(await faultsOfLines(written, [one, three, four])).toEqual([
    '2 audit.chain-broken',
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
  test('while it writes a line leaves a trail that can be continued, and the partial line is set aside', async () => {
    const { files, lines } = await writeTrail(3);
    await files.append(TRAIL, (lines[2] ?? '').slice(0, 50));
    const trail = await AuditTrail.open(testPorts(files), '/data');
    await trail.append({ by: 'admin', action: 'channel.added', subject: 'mail' });
    expect(await faultsIn(files)).toEqual([]);
    expect((await trail.list()).map(({ action }) => action)).toHaveLength(4);
    expect(files.paths().some((path) => path.startsWith(`${TRAIL}.torn-`))).toBe(true);
  });

  test('before it updates the head leaves a trail without faults', async () => {
    const { files } = await writeTrail(2);
    const head = await files.read(HEAD, 10_000);
    const trail = await AuditTrail.open(testPorts(files), '/data');
    await trail.append({ by: 'admin', action: 'channel.added', subject: 'mail' });
    files.put(HEAD, head);
    expect(await faultsIn(files)).toEqual([]);
    const later = await AuditTrail.open(testPorts(files), '/data');
    const { line } = await later.append({ by: 'admin', action: 'channel.removed', subject: 'mail' });
    expect(line).toBe(4);
    expect(await faultsIn(files)).toEqual([]);
  });
});

test('a batch whose head could not be updated is continued by the next line of a trail with batches', async () => {
  const files = new MemoryFiles();
  const ports = { ...testPorts(files) };
  const record = { by: 'a', action: 'settings.changed', subject: 's' } as const;
  const trail = await AuditTrail.open(ports, '/data', { inBatches: true });
  await trail.append(record);
  const head = await files.read(HEAD, 10_000);
  expect((await trail.append(record, record, record))?.line).toBe(4);
  files.put(HEAD, head);
  const again = await AuditTrail.open(ports, '/data', { inBatches: true });
  expect((await again.append(record)).line).toBe(5);
  expect(await faultsIn(files)).toEqual([]);
});

test('a trail with more than one line beyond the head has a fault', async () => {
  const { files } = await writeTrail(2);
  const head = await files.read(HEAD, 10_000);
  const trail = await AuditTrail.open(testPorts(files), '/data');
  for (const subject of ['a', 'b']) await trail.append({ by: 'x', action: 'channel.added', subject });
  files.put(HEAD, head);
  expect(await faultsIn(files)).toEqual(['3 audit.head-behind']);
});

test('reading the trail changes nothing, not even a partial line at the end', async () => {
  const { files } = await writeTrail(1);
  await files.append(TRAIL, '{"line":');
  const before = new TextDecoder().decode(await files.read(TRAIL, 10_000));
  expect(await faultsIn(files)).toEqual(['2 audit.line-unreadable']);
  expect(new TextDecoder().decode(await files.read(TRAIL, 10_000))).toBe(before);
});

test('a line with an invalid byte is reported as unreadable, and the other lines stay readable', async () => {
  const { files } = await writeTrail(3);
  const bytes = Uint8Array.from(await files.read(TRAIL, 1_000_000));
  bytes[bytes.indexOf(0x0a) + 20] = 0xff;
  files.put(TRAIL, bytes);
  expect(await faultsIn(files)).toEqual(['2 audit.line-unreadable', '3 audit.chain-broken']);
  const trail = await AuditTrail.open(testPorts(files), '/data', { readOnly: true });
  expect((await trail.list()).map(({ line }) => line)).toEqual([1, 3]);
  const { lines } = await trail.page({ limit: 10 });
  expect(lines.map(({ line, entry, text }) => [line, entry?.subject, text === undefined])).toEqual([
    [3, 'credential-2', false],
    [2, undefined, true],
    [1, 'credential-0', false],
  ]);
});

test('the hash of a line is found as long as the line exists', async () => {
  const { files, lines } = await writeTrail(3);
  const hash = createHash('sha256')
    .update(lines[1] ?? '')
    .digest('hex');
  const trail = await AuditTrail.open(testPorts(files), '/data');
  expect(await trail.has(hash)).toBe(true);
  files.put(TRAIL, `${[lines[0], lines[2]].join('\n')}\n`);
  expect(await trail.has(hash)).toBe(false);
});

describe('the pages of a trail', () => {
  /** More lines than lie between two stored positions of the trail. */
  const LONG = 600;

  async function longTrail(): Promise<AuditTrail> {
    const files = new MemoryFiles();
    const trail = await AuditTrail.open(testPorts(files), '/data');
    for (let at = 1; at <= LONG; at += 1)
      await trail.append({ by: `admin-${at % 7}`, action: 'channel.added', subject: `s${at}` });
    return trail;
  }

  async function listLines(
    trail: AuditTrail,
    request: { limit: number; accepts?: (entry: AuditEntry) => boolean },
  ): Promise<number[]> {
    const found: number[] = [];
    for (let before: number | undefined; ;) {
      const { lines, next } = await trail.page({ ...request, ...(before && { before }) });
      expect(lines.length).toBeLessThanOrEqual(request.limit);
      found.push(...lines.map(({ line }) => line));
      if (next === undefined) return found;
      before = next;
    }
  }

  test('contain every accepted line once, newest first, for any page size', async () => {
    const trail = await longTrail();
    const entries = await trail.list();
    const limit = fc.integer({ min: 1, max: 700 });
    await fc.assert(
      fc.asyncProperty(limit, fc.integer({ min: 1, max: 9 }), async (most, by) => {
        const accepts = ({ line, by: who }: AuditEntry): boolean =>
          by > 7 ? line % (by * 40) === 0 : who === `admin-${by}`;
        const wanted = entries.filter(accepts).map(({ line }) => line);
        expect(await listLines(trail, { limit: most, accepts })).toEqual(wanted.reverse());
      }),
      { numRuns: 40 },
    );
    expect(await listLines(trail, { limit: 100 })).toEqual(entries.map(({ line }) => line).reverse());
  });

  test('continue without gaps while lines are added, and a new first page begins with the added lines', async () => {
    const trail = await longTrail();
    const first = await trail.page({ limit: 50 });
    await trail.append({ by: 'a', action: 'channel.added', subject: 'late' });
    const second = await trail.page({ limit: 50, ...(first.next && { before: first.next }) });
    expect(second.lines[0]?.line).toBe((first.lines.at(-1)?.line ?? 0) - 1);
    expect(second.total).toBe(LONG + 1);
    expect((await trail.page({ limit: 1 })).lines[0]?.entry?.subject).toBe('late');
  });

  test('start over when another file has replaced the trail', async () => {
    const { files, lines } = await writeTrail(5);
    const trail = await AuditTrail.open(testPorts(files), '/data');
    expect((await trail.page({ limit: 9 })).total).toBe(5);
    files.put(TRAIL, `${lines.slice(0, 2).join('\n')}\n`);
    expect(await trail.page({ limit: 9 })).toMatchObject({ total: 2, lines: [{}, {}] });
    files.drop(TRAIL);
    expect(await trail.page({ limit: 9 })).toEqual({ total: 0, lines: [] });
  });

  test('contain the date of the first line and the SHA-256 of each line', async () => {
    const { files, lines } = await writeTrail(2);
    const trail = await AuditTrail.open(testPorts(files), '/data');
    const page = await trail.page({ limit: 1 });
    expect(page).toMatchObject({ total: 2, since: '2026-11-24T12:00:00Z', next: 2 });
    expect(page.lines[0]?.hash).toBe(
      createHash('sha256')
        .update(lines[1] ?? '')
        .digest('hex'),
    );
  });

  test('end after a search has examined many lines, and the next page continues from there', async () => {
    const files = new MemoryFiles();
    const count = 20_500;
    const line = (at: number): string =>
      JSON.stringify({
        line: at,
        at: '2026-11-24T12:00:00Z',
        by: 'a',
        action: 'channel.added',
        subject: `s${at}`,
        params: {},
        previous: '0'.repeat(64),
      });
    files.put(TRAIL, Array.from({ length: count }, (_, at) => `${line(at + 1)}\n`).join(''));
    const trail = await AuditTrail.open(testPorts(files), '/data', { readOnly: true });
    const accepts = ({ subject }: AuditEntry): boolean => subject === 's3';
    const first = await trail.page({ limit: 5, accepts });
    expect(first.lines).toEqual([]);
    expect(first.next).toBeGreaterThan(3);
    expect(await listLines(trail, { limit: 5, accepts })).toEqual([3]);
  });
});

test('lines are read correctly, however the file is split into chunks', async () => {
  const content = fc.array(fc.string({ maxLength: 12 }).map((text) => text.replaceAll('\n', '')));
  await fc.assert(
    fc.asyncProperty(content, fc.boolean(), async (wanted, torn) => {
      const text = `${wanted.map((line) => `${line}\n`).join('')}${torn ? 'half' : ''}`;
      const bytes = new TextEncoder().encode(text);
      const files = new MemoryFiles().put('/f', bytes);
      const found: string[] = [];
      const part = { from: 0, to: bytes.length };
      for await (const lines of linesOfFile(files, '/f', part, 7))
        for (const line of lines) {
          found.push(`${new TextDecoder().decode(line.bytes)}${line.isWhole ? '\n' : ''}`);
          expect(bytes.slice(line.start, line.start + line.bytes.length)).toEqual(Uint8Array.from(line.bytes));
        }
      expect(found.join('')).toBe(text);
      expect(found.length).toBe(wanted.length + (torn ? 1 : 0));
    }),
  );
});

test('a line is kept even if the head could not be updated, and the next line follows it', async () => {
  const files = new MemoryFiles();
  const trail = await AuditTrail.open(testPorts(files), '/data');
  const append = (subject: string) => trail.append({ by: 'admin', action: 'credential.snoozed', subject });
  await append('a');
  files.isFull = true;
  expect(await append('b')).toMatchObject({ line: 2 });
  await expect(append('c')).rejects.toMatchObject({ code: 'store.not-writable' });
  files.isFull = false;
  expect(await append('d')).toMatchObject({ line: 3 });
  expect((await trail.list()).map(({ subject }) => subject)).toEqual(['a', 'b', 'd']);
  expect(await faultsIn(files)).toEqual([]);
});
