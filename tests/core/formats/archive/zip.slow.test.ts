import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { readZip, ZIP_RULES } from '../../../../core/formats/archive/zip.ts';
import { writeZip } from '../../../../core/formats/archive/zip-writer.ts';
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

/** Returns the rule that refuses an archive; `undefined` if it is accepted. */
function refusal(bytes: Uint8Array): string | undefined {
  const reading = readZip(bytes);
  return reading.ok ? undefined : reading.finding.rule;
}

const FILES = [
  { name: 'manifest.yaml', bytes: utf8('kind: RenewRevocation\n') },
  { name: 'SHA256SUMS', bytes: utf8('') },
  { name: 'deep/er/file.bin', bytes: Uint8Array.from({ length: 70_000 }, (_, at) => at % 251) },
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
});

describe('the ZIP reader', () => {
  test('reads back everything that was written', () => {
    const name = fc.stringMatching(/^[a-z0-9_-]{1,8}(\/[a-z0-9_-]{1,8}){0,2}$/u);
    const file = fc.record({ name, bytes: fc.uint8Array({ maxLength: 300 }) });
    fc.assert(
      fc.property(fc.uniqueArray(file, { selector: (one) => one.name, minLength: 1, maxLength: 6 }), (files) => {
        const reading = readZip(writeZip(files));
        const sorted = [...files].sort((one, other) => (one.name < other.name ? -1 : 1));
        expect(reading).toEqual({ ok: true, entries: sorted });
      }),
    );
  });

  test.for([
    ['stored', ''],
    ['deflated', ', zipfile.ZIP_DEFLATED'],
    ['compressed by bzip2', ', zipfile.ZIP_BZIP2'],
  ])(
    'reads no archives that Python has streamed and %s, because only a writer of bundles is trusted',
    ([, option], context) => {
      const python = needTool(context, 'python3');
      const streamed = runPython(
        python,
        `class Pipe(io.RawIOBase):
  data = b''
  def writable(self): return True
  def write(self, more):
    self.data += bytes(more)
    return len(more)
out = Pipe()
with zipfile.ZipFile(out, 'w'${option}) as zip:
  zip.writestr('a.txt', 'hello ' * 5000)
sys.stdout.write(out.data.hex())`,
      );
      expect(refusal(parseHex(streamed))).toBe('zip.not-supported');
    },
  );

  test('reads stored files that Python writes, but neither compressed nor 64-bit ones', (context) => {
    const python = needTool(context, 'python3');
    const reading = readZip(makePythonZip(python, `zip.writestr('a.txt', 'hello')`));
    expect(reading).toEqual({ ok: true, entries: [{ name: 'a.txt', bytes: utf8('hello') }] });
    expect(refusal(makePythonZip(python, `zip.writestr('a', 'x' * 99)`, ', zipfile.ZIP_DEFLATED'))).toBe(
      'zip.not-supported',
    );
    const large = makePythonZip(python, `with zip.open('a', 'w', force_zip64=True) as f: f.write(b'x')`);
    expect(refusal(large)).toBe('zip.not-supported');
  });

  test.each([
    ...['../up', 'a/../../up', '/etc/passwd', '\\\\host\\share', 'C:/x', 'C:x', 'a\\b', 'a//b'],
    ...['.', '..', 'a/.', 'a.', 'a ', ' ', 'a:stream', 'a\u0001', 'x'.repeat(256)],
  ])('refuses an archive with a file named %j', (name) => {
    const bytes = writeZip([{ name: 'Q'.repeat(Buffer.byteLength(name)), bytes: utf8('x') }]);
    expect(refusal(renameEntry(bytes, Buffer.from(name)))).toBe('zip.unsafe-name');
  });

  test('refuses an archive with a file whose name is empty or not ASCII', () => {
    const slash = renameEntry(writeZip([{ name: 'Q', bytes: utf8('') }]), Buffer.from('/'));
    expect(refusal(slash)).toBe('zip.unsafe-name');
    const bytes = writeZip([{ name: 'QQ', bytes: utf8('x') }]);
    for (const name of [Buffer.from([0xc3, 0x28]), Buffer.from('é')])
      expect(refusal(renameEntry(bytes, name))).toBe('zip.unsafe-name');
  });

  test('refuses two files with the same name, and names that differ only in case, which Windows ignores', () => {
    const one = writeZip([
      { name: 'manifest.yaml', bytes: utf8('1') },
      { name: 'manifest.yamQ', bytes: utf8('2') },
    ]);
    for (const name of ['manifest.yaml', 'Manifest.YAML'])
      expect(refusal(renameEntry(one, Buffer.from(name), 'manifest.yamQ'))).toBe('zip.duplicate-name');
  });

  test('refuses files that are not archives, and archives that end inside a file', () => {
    const bytes = writeZip(FILES);
    expect(refusal(new Uint8Array())).toBe('zip.not-a-zip');
    expect(refusal(utf8('kind: RenewRevocation\n'.repeat(20)))).toBe('zip.not-a-zip');
    expect(refusal(Buffer.concat([Buffer.from('x'), bytes]))).toBe('zip.not-a-zip');
    expect(refusal(bytes.subarray(0, 100))).toBe('zip.damaged');
  });

  test('never crashes, and returns no more bytes than the archive has', () => {
    const parts = [[0x50, 0x4b, 3, 4], [0x50, 0x4b, 1, 2], [0, 0], writeZip([{ name: 'a', bytes: utf8('x') }])].map(
      (part) => Uint8Array.from(part),
    );
    const chunk = fc.oneof(fc.constantFrom(...parts), fc.uint8Array({ maxLength: 30 }));
    fc.assert(
      fc.property(fc.array(chunk, { maxLength: 12 }), (chunks) => {
        const bytes = Uint8Array.from(Buffer.concat(chunks));
        const reading = readZip(bytes);
        if (!reading.ok) expect(ZIP_RULES).toContain(reading.finding.rule);
        else expect(reading.entries.reduce((sum, entry) => sum + entry.bytes.length, 0)).toBeLessThan(bytes.length);
      }),
      { numRuns: 1_000 },
    );
  });
});

/** Replaces both occurrences of a name with another name of the same length. */
function renameEntry(bytes: Uint8Array, name: Buffer, from?: string): Uint8Array {
  const copy = Buffer.from(bytes);
  const old = Buffer.from(from ?? 'Q'.repeat(name.length));
  for (let at = copy.indexOf(old); at >= 0; at = copy.indexOf(old, at + 1)) name.copy(copy, at);
  return copy;
}
