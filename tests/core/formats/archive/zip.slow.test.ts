import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, gzipSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { readZip, ZIP_LIMITS, ZIP_RULES, type ZipLimits } from '../../../../core/formats/archive/zip.ts';
import { crc32, writeZip } from '../../../../core/formats/archive/zip-writer.ts';
import { measureCost } from '../../../support/cost.ts';
import { needTool } from '../../../support/tools.ts';

const folder = mkdtempSync(join(tmpdir(), 'arcwarden-zip-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/**
 * Runs a Python script with a variable `path` and returns its output; throws with the error output if the script fails.
 */
function runPython(python: string, script: string, path = ''): string {
  const code = `import sys, zipfile, io\npath = sys.argv[1]\n${script}`;
  return execFileSync(python, ['-c', code, path], { encoding: 'utf8', stdio: 'pipe' });
}

function saveArchive(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** Makes an archive with Python. `script` fills the open archive `zip`. */
function makePythonZip(python: string, script: string, options = ''): Uint8Array {
  const out = runPython(
    python,
    `out = io.BytesIO()\nwith zipfile.ZipFile(out, 'w'${options}) as zip:\n${script
      .split('\n')
      .map((line) => `  ${line}`)
      .join('\n')}\nsys.stdout.write(out.getvalue().hex())`,
  );
  return parseHex(out);
}

function parseHex(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replaceAll(/\s/gu, ''), 'hex'));
}

/** Returns the rule that refuses an archive and the values of the finding; `undefined` if it is accepted. */
function refusal(bytes: Uint8Array, limits?: Partial<ZipLimits>): [string, unknown] | undefined {
  const reading = readZip(bytes, { ...ZIP_LIMITS, ...limits });
  return reading.ok ? undefined : [reading.finding.rule, reading.finding.params];
}

const FILES = [
  { name: 'manifest.yaml', bytes: utf8('kind: RenewRevocation\n') },
  { name: 'SHA256SUMS', bytes: utf8('') },
  { name: 'deep/er/file.bin', bytes: Uint8Array.from({ length: 70_000 }, (_, at) => at % 251) },
];

/** Start of the extra field for 64-bit sizes: ID and length. */
const LONG_SIZES_FIELD = '0100 1000';
const TIME_FIELD = '5455 1000';

/**
 * An archive with the file `a`, which contains `x`, written by Python with `force_zip64`: header, data with its
 * trailer, directory and end. Until 3.11.3, Python wrote the short sizes as well as the long ones. Source:
 * python/cpython#103861.
 */
const FORCED_64: readonly [python: string, hex: string][] = [
  [
    '3.11.2 writes them to a file',
    `504b0304 1400 0000 0000 0000 2100 8316dc8c 01000000 01000000 0100 1400 61 0100 1000 0100000000000000 0100000000000000
     78 504b0102 1403 1400 0000 0000 0000 2100 8316dc8c 01000000 01000000 0100 0000 0000 0000 0000 00008001 00000000 61
     504b0506 0000 0000 0100 0100 2f000000 34000000 0000`,
  ],
  [
    '3.11.2 writes them to a stream',
    `504b0304 1400 0800 0000 0000 2100 00000000 00000000 00000000 0100 1400 61 0100 1000 0000000000000000 0000000000000000
     78 504b0708 8316dc8c 0100000000000000 0100000000000000
     504b0102 1403 1400 0800 0000 0000 2100 8316dc8c 01000000 01000000 0100 0000 0000 0000 0000 00008001 00000000 61
     504b0506 0000 0000 0100 0100 2f000000 4c000000 0000`,
  ],
  [
    '3.13.5 writes them to a file',
    `504b0304 2d00 0000 0000 0000 2100 8316dc8c ffffffff ffffffff 0100 1400 61 0100 1000 0100000000000000 0100000000000000
     78 504b0102 2d03 2d00 0000 0000 0000 2100 8316dc8c 01000000 01000000 0100 0000 0000 0000 0000 00008001 00000000 61
     504b0506 0000 0000 0100 0100 2f000000 34000000 0000`,
  ],
  [
    '3.13.5 writes them to a stream',
    `504b0304 2d00 0800 0000 0000 2100 00000000 ffffffff ffffffff 0100 1400 61 0100 1000 0000000000000000 0000000000000000
     78 504b0708 8316dc8c 0100000000000000 0100000000000000
     504b0102 2d03 2d00 0800 0000 0000 2100 8316dc8c 01000000 01000000 0100 0000 0000 0000 0000 00008001 00000000 61
     504b0506 0000 0000 0100 0100 2f000000 4c000000 0000`,
  ],
];

describe('the ZIP writer', () => {
  test('makes the same bytes from the same files in any order', () => {
    const one = writeZip(FILES);
    expect(writeZip([...FILES].reverse())).toEqual(one);
    const reading = readZip(one);
    expect(reading.ok && reading.entries.map(({ name }) => name)).toEqual([
      'SHA256SUMS',
      'deep/er/file.bin',
      'manifest.yaml',
    ]);
  });

  test('makes archives that Python accepts and that contain neither times nor the name of a system', (context) => {
    const python = needTool(context, 'python3');
    const path = saveArchive('ours.zip', writeZip(FILES));
    const told = JSON.parse(
      runPython(
        python,
        `import json
with zipfile.ZipFile(path) as zip:
  assert zip.testzip() is None and zip.comment == b''
  print(json.dumps([[i.filename, list(i.date_time), i.external_attr, i.create_system, i.flag_bits, i.compress_type, i.extra.hex(), zip.read(i).hex()] for i in zip.infolist()]))`,
        path,
      ),
    ) as unknown[];
    expect(told).toEqual(
      ['SHA256SUMS', 'deep/er/file.bin', 'manifest.yaml'].map((name) => {
        const bytes = FILES.find((file) => file.name === name)?.bytes ?? new Uint8Array();
        return [name, [1980, 1, 1, 0, 0, 0], 0, 0, 0, 0, '', Buffer.from(bytes).toString('hex')];
      }),
    );
  });

  test('makes archives that unzip accepts', (context) => {
    const unzip = needTool(context, 'unzip');
    const path = saveArchive('tested.zip', writeZip(FILES));
    const { status, stdout } = spawnSync(unzip, ['-t', path], { encoding: 'utf8' });
    expect(stdout).toContain('No errors detected');
    expect(status).toBe(0);
  });

  test('refuses a name that occurs twice, is empty, or contains spaces, line breaks or characters beyond ASCII', () => {
    const one = { name: 'a', bytes: new Uint8Array() };
    expect(() => writeZip([one, one])).toThrow('names');
    for (const name of ['', 'a b', '東', 'a\n']) expect(() => writeZip([{ ...one, name }])).toThrow();
  });

  test('computes the same checksums as zlib', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        // A gzip file ends with the checksum and the length.
        expect(crc32(bytes)).toBe(gzipSync(bytes).readUInt32LE(gzipSync(bytes).length - 8));
      }),
    );
  });
});

describe('the ZIP reader', () => {
  test('reads back everything that was written', () => {
    const name = fc.stringMatching(/^[a-z0-9_-]{1,8}(\/[a-z0-9_-]{1,8}){0,2}$/u);
    const file = fc.record({ name, bytes: fc.uint8Array({ maxLength: 300 }) });
    fc.assert(
      fc.property(fc.uniqueArray(file, { selector: (one) => one.name, maxLength: 6 }), (files) => {
        const reading = readZip(writeZip(files));
        const sorted = [...files].sort((one, other) => (one.name < other.name ? -1 : 1));
        expect(reading).toEqual({ ok: true, entries: sorted });
      }),
    );
  });

  test.for([
    ['stored', ''],
    ['deflated', ', zipfile.ZIP_DEFLATED'],
  ])('reads archives that Python has %s, including streamed files and folders', ([, option], context) => {
    const python = needTool(context, 'python3');
    const script = `zip.writestr('a.txt', 'hello ' * 5000)
zip.writestr('フォルダー/b.bin', bytes(range(256)) * 300)
zip.mkdir('empty')
with zip.open('streamed', 'w') as f:
  f.write(b'x' * 100000)
zip.comment = b'of somebody'`;
    const seekable = makePythonZip(python, script, option);
    // If the output is not seekable, the sizes follow the data.
    const streamed = parseHex(
      runPython(
        python,
        `class Pipe(io.RawIOBase):
  data = b''
  def writable(self): return True
  def write(self, more):
    self.data += bytes(more)
    return len(more)
out = Pipe()
with zipfile.ZipFile(out, 'w'${option}) as zip:
${script
  .split('\n')
  .map((line) => `  ${line}`)
  .join('\n')}
sys.stdout.write(out.data.hex())`,
      ),
    );
    for (const bytes of [seekable, streamed]) {
      const reading = readZip(bytes);
      if (!reading.ok) throw new Error(reading.finding.rule);
      expect(reading.entries).toEqual([
        { name: 'a.txt', bytes: utf8('hello '.repeat(5000)) },
        { name: 'フォルダー/b.bin', bytes: Uint8Array.from({ length: 256 * 300 }, (_, at) => at % 256) },
        { name: 'streamed', bytes: new Uint8Array(100_000).fill(0x78) },
      ]);
    }
  });

  test.each([
    ...['../up', 'a/../../up', '/etc/passwd', '\\\\host\\share', 'C:/x', 'C:x', 'a\\b', 'a//b'],
    ...['.', '..', 'a/.', 'a.', 'a ', ' ', 'a:stream', 'a\u0001', 'x'.repeat(256)],
  ])('refuses an archive with a file named %j', (name) => {
    const bytes = writeZip([{ name: 'Q'.repeat(Buffer.byteLength(name)), bytes: utf8('x') }]);
    const [rule] = refusal(renameEntry(bytes, Buffer.from(name))) ?? [];
    expect(rule).toBe('zip.unsafe-name');
  });

  test('refuses an archive with a file whose name is empty or not text', () => {
    const slash = renameEntry(writeZip([{ name: 'Q', bytes: utf8('') }]), Buffer.from('/'));
    expect(refusal(slash)?.[0]).toBe('zip.unsafe-name');
    const bytes = writeZip([{ name: 'QQ', bytes: utf8('x') }]);
    expect(refusal(renameEntry(bytes, Buffer.from([0xc3, 0x28])))?.[0]).toBe('zip.unsafe-name');
    // The archive does not specify the code page.
    expect(refusal(renameEntry(bytes, Buffer.from('é')))?.[0]).toBe('zip.unsafe-name');
  });

  test('refuses two files with the same name, and names that differ only in case, which Windows ignores', () => {
    const one = writeZip([
      { name: 'manifest.yaml', bytes: utf8('1') },
      { name: 'manifest.yamQ', bytes: utf8('2') },
    ]);
    for (const name of ['manifest.yaml', 'Manifest.YAML'])
      expect(refusal(renameEntry(one, Buffer.from(name), 'manifest.yamQ'))).toEqual([
        'zip.duplicate-name',
        { name: 'manifest.yaml' },
      ]);
  });

  test('refuses archives that are encrypted, split, 64-bit or compressed by an unsupported method', () => {
    const bytes = writeZip([{ name: 'QQ', bytes: utf8('x') }]);
    const central = findBytes(bytes, [0x50, 0x4b, 1, 2]);
    const end = findBytes(bytes, [0x50, 0x4b, 5, 6]);
    const changeBytes = (at: number, ...values: number[]): Uint8Array => {
      const copy = bytes.slice();
      copy.set(values, at);
      return copy;
    };
    expect(refusal(changeBytes(central + 8, 1))).toEqual(['zip.not-supported', { feature: 'encryption' }]);
    expect(refusal(changeBytes(central + 10, 14))).toEqual(['zip.not-supported', { feature: 'method 14' }]);
    expect(refusal(changeBytes(end + 4, 1))?.[1]).toEqual({ feature: 'split' });
    expect(refusal(changeBytes(central + 34, 1))?.[1]).toEqual({ feature: 'split' });
    expect(refusal(changeBytes(end + 8, 0xff, 0xff, 0xff, 0xff))?.[1]).toEqual({ feature: 'ZIP64' });
    expect(refusal(changeBytes(central + 20, 0xff, 0xff, 0xff, 0xff))?.[1]).toEqual({ feature: 'ZIP64' });
  });

  test('refuses 64-bit and bzip2 archives from Python', (context) => {
    const python = needTool(context, 'python3');
    const large = makePythonZip(python, `with zip.open('a', 'w', force_zip64=True) as f: f.write(b'x')`);
    expect(refusal(large)?.[1]).toEqual({ feature: 'ZIP64' });
    const packed = makePythonZip(python, `zip.writestr('a', 'x' * 99)`, ', zipfile.ZIP_BZIP2');
    expect(refusal(packed)?.[1]).toEqual({ feature: 'method 12' });
  });

  test.each(FORCED_64)('refuses 64-bit sizes in a local header, as Python %s writes them', (_, hex) => {
    expect(refusal(parseHex(hex))).toEqual(['zip.not-supported', { feature: 'ZIP64' }]);
  });

  test('accepts a header with extra fields other than 64-bit sizes', () => {
    const [[, hex] = ['', '']] = FORCED_64;
    const otherwise = hex.replace(LONG_SIZES_FIELD, TIME_FIELD);
    expect(otherwise).not.toBe(hex);
    expect(refusal(parseHex(otherwise))).toBeUndefined();
  });

  test('refuses 64-bit sizes in the directory even if the short sizes would suffice', () => {
    const bytes = Buffer.from(writeZip([{ name: 'a', bytes: utf8('x') }]));
    const [central, end] = [findBytes(bytes, [0x50, 0x4b, 1, 2]), bytes.length - 22];
    const addField = (field: Uint8Array): Buffer => {
      const archive = Buffer.concat([bytes.subarray(0, end), field, bytes.subarray(end)]);
      archive.writeUInt16LE(field.length, central + 30);
      archive.writeUInt32LE(end - central + field.length, end + field.length + 12);
      return archive;
    };
    const [time, long] = [parseHex('5455 0100 00'), parseHex('0100 0800 0100000000000000')];
    expect(refusal(addField(time))).toBeUndefined();
    for (const fields of [[long], [time, long]])
      expect(refusal(addField(Buffer.concat(fields)))?.[1]).toEqual({ feature: 'ZIP64' });
    // A damaged list of extra fields counts as empty.
    expect(refusal(addField(parseHex('0100 08')))).toBeUndefined();
  });

  test('refuses files that are not archives, and archives that are truncated or have extra bytes', () => {
    const bytes = writeZip(FILES);
    expect(refusal(new Uint8Array())).toEqual(['zip.not-a-zip', undefined]);
    expect(refusal(utf8('kind: RenewRevocation\n'.repeat(20)))?.[0]).toBe('zip.not-a-zip');
    expect(refusal(bytes.subarray(0, bytes.length - 1))).toEqual(['zip.damaged', { part: 'end' }]);
    expect(refusal(Buffer.concat([bytes, Buffer.from('x')]))).toEqual(['zip.damaged', { part: 'end' }]);
    expect(refusal(Buffer.concat([Buffer.from('x'), bytes]))?.[0]).toBe('zip.damaged');
  });

  test('accepts archives that exactly reach its limits, and refuses archives that exceed them by one', () => {
    const bytes = writeZip(FILES);
    const content = FILES.reduce((sum, file) => sum + file.bytes.length, 0);
    for (const [limit, rule] of [
      [{ archiveBytes: bytes.length }, 'zip.too-large'],
      [{ entries: FILES.length }, 'zip.too-many-entries'],
      [{ contentBytes: content }, 'zip.content-too-large'],
    ] as const) {
      expect(refusal(bytes, limit)).toBeUndefined();
      const [name, value] = Object.entries(limit)[0] ?? ['', 0];
      expect(refusal(bytes, { [name]: value - 1 })?.[0]).toBe(rule);
    }
  });

  test('refuses a ZIP bomb by its declared size, and stops when a file unpacks to more than declared', () => {
    const bomb = makeDeflatedZip(deflateRawSync(new Uint8Array(8 * 1024 * 1024)), 8 * 1024 * 1024);
    expect(bomb.length).toBeLessThan(10_000);
    expect(refusal(bomb)).toBeUndefined();
    expect(refusal(bomb, { contentBytes: 4 * 1024 * 1024 })).toEqual(['zip.content-too-large', { limitMiB: 4 }]);
    const liar = makeDeflatedZip(deflateRawSync(new Uint8Array(8 * 1024 * 1024)), 1);
    expect(refusal(liar)).toEqual(['zip.damaged', { part: 'data' }]);
  });

  test('refuses entries that share bytes', () => {
    const bytes = writeZip([
      { name: 'a', bytes: utf8('xxxx') },
      { name: 'b', bytes: utf8('xxxx') },
    ]);
    const first = findBytes(bytes, [0x50, 0x4b, 1, 2]);
    const second = findBytes(bytes, [0x50, 0x4b, 1, 2], first + 1);
    const shared = bytes.slice();
    shared.set([0, 0, 0, 0], second + 42);
    shared.set([0x61], second + 46);
    // Entries that share all their bytes also share their name, so they are refused as duplicates.
    expect(refusal(shared)?.[0]).toBe('zip.duplicate-name');
    const nested = writeZip([{ name: 'b', bytes: writeZip([{ name: 'a', bytes: utf8('1') }]) }]);
    const directory = findBytes(nested, [0x50, 0x4b, 1, 2], nested.length - 80);
    const end = nested.length - 22;
    const inner = findBytes(nested, [0x50, 0x4b, 3, 4], 4);
    const entry = nested.slice(inner + 32, inner + 32 + 47);
    const line = Buffer.from(entry);
    line.writeUInt32LE(inner, 42);
    const twice = Buffer.concat([nested.subarray(0, end), line, nested.subarray(end)]);
    twice.writeUInt16LE(2, end + 47 + 8);
    twice.writeUInt16LE(2, end + 47 + 10);
    twice.writeUInt32LE(end - directory + 47, end + 47 + 12);
    expect(refusal(twice)).toEqual(['zip.damaged', { part: 'overlap' }]);
  });

  test('stays fast if a stream has many empty blocks or much data after its end', () => {
    // Eight megabytes of empty blocks precede the final block.
    const idle = Buffer.concat([Buffer.alloc(8_000_000 - 3, '000000ffff', 'hex'), Buffer.from([3, 0])]);
    const behind = Buffer.concat([deflateRawSync('x'), Buffer.alloc(32_000_000)]);
    for (const packed of [idle, behind]) {
      const archive = makeDeflatedZip(packed, 2);
      const cost = measureCost(() => expect(refusal(archive)).toEqual(['zip.damaged', { part: 'data' }]));
      expect(cost).toBeLessThan(2_000);
    }
  });

  test('never crashes, whichever byte of an archive is changed and whatever the input', () => {
    const bytes = makeDeflatedZip(deflateRawSync('hello '.repeat(50)), 300);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const copy = bytes.slice();
        copy[at] = (copy[at] ?? 0) ^ change;
        const reading = readZip(copy);
        if (!reading.ok) expect(ZIP_RULES).toContain(reading.finding.rule);
      }),
      { numRuns: 500 },
    );
    const parts = [
      [0x50, 0x4b, 3, 4],
      [0x50, 0x4b, 1, 2],
      [0x50, 0x4b, 5, 6],
      [0x50, 0x4b, 6, 7],
      [0, 0],
    ].map((part) => Uint8Array.from(part));
    const chunk = fc.oneof(fc.constantFrom(...parts), fc.uint8Array({ maxLength: 30 }));
    fc.assert(
      fc.property(fc.array(chunk, { maxLength: 12 }), (chunks) => {
        const reading = readZip(Uint8Array.from(Buffer.concat(chunks)));
        if (!reading.ok) expect(ZIP_RULES).toContain(reading.finding.rule);
      }),
      { numRuns: 500 },
    );
  });
});

function findBytes(bytes: Uint8Array, part: readonly number[], from = 0): number {
  return Buffer.from(bytes).indexOf(Buffer.from(part), from);
}

/** Replaces both occurrences of a name with another name of the same length. */
function renameEntry(bytes: Uint8Array, name: Buffer, from?: string): Uint8Array {
  const copy = Buffer.from(bytes);
  const old = Buffer.from(from ?? 'Q'.repeat(name.length));
  for (let at = copy.indexOf(old); at >= 0; at = copy.indexOf(old, at + 1)) name.copy(copy, at);
  return copy;
}

/** Makes an archive whose only file has this compressed data and this declared size. */
function makeDeflatedZip(packed: Uint8Array, size: number): Uint8Array {
  const bytes = Buffer.from(writeZip([{ name: 'a', bytes: packed }]));
  const central = bytes.length - 22 - 47;
  const crc = crc32(inflateWithin(packed, size));
  for (const at of [8, central + 10]) bytes.writeUInt16LE(8, at);
  for (const at of [14, central + 16]) bytes.writeUInt32LE(crc, at);
  for (const at of [22, central + 24]) bytes.writeUInt32LE(size, at);
  return bytes;
}

/** Inflates with zlib; returns no bytes if the output is longer than declared. */
function inflateWithin(packed: Uint8Array, size: number): Uint8Array {
  try {
    return inflateRawSync(packed, { maxOutputLength: size });
  } catch {
    return new Uint8Array();
  }
}
