import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../../../build/paths.mjs';
import { openConsole } from '../../../support/console.ts';

const COMPONENTS = join(ROOT, 'renderer');

test('provides exactly the states that components use', async () => {
  const asked = new Set<string>();
  for (const entry of readdirSync(COMPONENTS, { recursive: true, withFileTypes: true })) {
    if (!entry.name.endsWith('.svelte')) continue;
    const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
    for (const [, name = ''] of text.matchAll(/\buseState\((\w+)\)/gu)) asked.add(name);
  }
  const console = await openConsole({});
  const given = new Set(console.openWindow().states.map((state) => state.constructor.name));
  expect(asked.size).toBeGreaterThan(20);
  expect([...asked].filter((name) => !given.has(name))).toEqual([]);
  expect([...given].filter((name) => !asked.has(name))).toEqual([]);
});
