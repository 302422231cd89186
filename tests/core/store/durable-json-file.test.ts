import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { AHEAD, DurableJsonFile, type FileFormat } from '../../../core/store/durable-json-file.ts';
import { MIGRATIONS, SCHEMA_VERSION, type JsonObject } from '../../../core/store/migrations.ts';
import { MemoryFiles, testPorts } from '../../support/ports.ts';

const MOST = 10_000_000;
const FORMAT: FileFormat<{ language: string }> = {
  kind: 'settings',
  decode: ({ language }) => (typeof language === 'string' ? { language } : undefined),
  encode: ({ language }) => ({ schema: SCHEMA_VERSION, language }),
};

function fileIn(files: MemoryFiles) {
  const loads = { count: 0 };
  const context = { ports: testPorts(files), migrations: MIGRATIONS, readOnly: false };
  const file = new DurableJsonFile(context, '/data/some.json', () => {
    loads.count += 1;
    return Promise.resolve(FORMAT);
  });
  return { file, loads };
}

test('the module of a format is not loaded for a missing file', async () => {
  const { file, loads } = fileIn(new MemoryFiles());
  expect([await file.read(), file.outcome, loads.count]).toEqual([null, 'absent', 0]);
});

test('the module of a format is loaded once, when the file is first read or written', async () => {
  const files = new MemoryFiles();
  const { file, loads } = fileIn(files);
  await file.write({ language: 'ja' });
  expect(await file.read()).toEqual({ language: 'ja' });
  await file.write({ language: 'en' });
  expect([await file.read(), loads.count]).toEqual([{ language: 'en' }, 1]);
});

test('a file read in advance is verified by its checksum like any other file', async () => {
  const files = new MemoryFiles();
  const { crypto, ...ports } = testPorts(files);
  const sha256Hex = (bytes: Uint8Array): string => crypto.sha256Hex(bytes);
  const file = new DurableJsonFile(
    { ports, migrations: MIGRATIONS, readOnly: true, sha256Hex },
    '/data/some.json',
    FORMAT,
  );
  const content = '{"schema":1,"language":"ja"';
  const digest = createHash('sha256').update(`${content}}`).digest('hex');
  const bytes = new TextEncoder().encode(`${content},"sha256":"${digest}"}\n`);
  files.put('/data/some.json', bytes);
  const readOutcome = async (ahead?: { bytes: Uint8Array; sha256Hex: string }): Promise<unknown> => [
    await file.read(ahead),
    file.outcome,
    file.checksum,
  ];
  const read = await readOutcome();
  expect(read).toEqual([{ language: 'ja' }, 'good', digest]);
  expect(await readOutcome({ bytes, sha256Hex: digest })).toEqual(read);
  const reads = files.reads;
  expect(await readOutcome({ bytes, sha256Hex: digest })).toEqual(read);
  expect(files.reads).toBe(reads);
  const { endBytes, closing } = AHEAD;
  const begin = Buffer.concat([bytes.subarray(0, -endBytes), Buffer.from(closing)]);
  expect(createHash('sha256').update(begin).digest('hex')).toBe(digest);
});

describe('a file written in parts', () => {
  const WATCH: FileFormat<JsonObject> = {
    kind: 'watch',
    decode: ({ schema: _, ...content }) => content,
    encode: (content) => ({ schema: SCHEMA_VERSION, ...content }),
    isWrittenInParts: true,
  };
  const context = (files: MemoryFiles) => {
    const { crypto, ...ports } = testPorts(files);
    const sha256Hex = (bytes: Uint8Array): string => crypto.sha256Hex(bytes);
    const sha256OfPieces = (): ReturnType<typeof crypto.sha256OfPieces> => crypto.sha256OfPieces();
    return { ports, migrations: MIGRATIONS, readOnly: false, sha256Hex, sha256OfPieces };
  };

  test.each([
    { what: 'nothing', content: {} },
    { what: 'empty lists', content: { told: {}, notices: [] } },
    {
      what: 'values of every kind',
      content: { clock: { latest: 'now' }, failing: ['a', null], sources: 3, last: 'today' },
    },
    {
      what: 'fields that are not there',
      content: { told: { a: undefined, b: 1 }, waiting: [undefined], at: undefined },
    },
    { what: 'names that JSON escapes', content: { 'a"b': { 'c\\d': 'é\ud83d\ude00\ud83d' } } },
    {
      what: 'more than one part',
      content: {
        told: Object.fromEntries(Array.from({ length: 9_000 }, (_, at) => [`id-${at}`, { name: 'ノード'.repeat(20) }])),
        notices: Array.from({ length: 3 }, () => 'x'.repeat(300_000)),
      },
    },
  ])('has the same bytes as a file written in one piece: $what', async ({ content }) => {
    const files = new MemoryFiles();
    const whole = new DurableJsonFile(context(files), '/data/whole.json', { ...WATCH, isWrittenInParts: false });
    const inParts = new DurableJsonFile(context(files), '/data/parts.json', WATCH);
    await whole.write(content);
    await inParts.write(content);
    const [expected, written] = [
      await files.read('/data/whole.json', MOST),
      await files.read('/data/parts.json', MOST),
    ];
    expect(Buffer.compare(written, expected)).toBe(0);
    expect(inParts.checksum).toBe(whole.checksum);
    expect(await inParts.read()).toEqual(JSON.parse(JSON.stringify(content)));
    expect(inParts.outcome).toBe('good');
  });

  test('is not replaced if the new content would be too large to read back', async () => {
    const files = new MemoryFiles();
    const file = new DurableJsonFile(context(files), '/data/watch.json', WATCH);
    await file.write({ told: ['a'] });
    const megabyte = 'x'.repeat(1024 * 1024);
    const told = Array.from({ length: 257 }, () => megabyte);
    await expect(file.write({ told })).rejects.toMatchObject({ code: 'store.too-large' });
    expect(await file.read()).toEqual({ told: ['a'] });
  });
});
