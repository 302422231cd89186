import { expect, test } from 'vitest';
import { DurableJsonFile, type FileFormat } from '../../../core/store/durable-json-file.ts';
import { MIGRATIONS, SCHEMA_VERSION } from '../../../core/store/migrations.ts';
import { MemoryFiles, testPorts } from '../../support/ports.ts';

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

test('the format of a file that is not there is not loaded', async () => {
  const { file, loads } = fileIn(new MemoryFiles());
  expect([await file.read(), file.outcome, loads.count]).toEqual([null, 'absent', 0]);
});

test('the format of a file is loaded when it is read or written first, and once', async () => {
  const files = new MemoryFiles();
  const { file, loads } = fileIn(files);
  await file.write({ language: 'ja' });
  expect(await file.read()).toEqual({ language: 'ja' });
  await file.write({ language: 'en' });
  expect([await file.read(), loads.count]).toEqual([{ language: 'en' }, 1]);
});
