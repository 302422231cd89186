import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { judgeText } from '../../../../core/revocation/evaluate.ts';
import { TextState } from '../../../../renderer/i18n/text.svelte.ts';
import { RevocationEditorState } from '../../../../renderer/revocation/edit/editor.svelte.ts';
import { NOW } from '../../../support/known-certificates.ts';
import { NOW_MS, openConsole, type TestConsole } from '../../../support/console.ts';
import { certificateFiles } from '../../../support/fleet.ts';
import type { Language } from '../../../../core/shared/text/text.ts';

const PACKAGES = join(import.meta.dirname, '../../../../node_modules/@codemirror');
const ARTICLE = readFileSync(join(import.meta.dirname, '../../../fixtures/revocation/article.yaml'), 'utf8');

function editorIn(language: Language, { api }: TestConsole): RevocationEditorState {
  const text = new TextState(
    () => language,
    () => 'utc',
  );
  return new RevocationEditorState({ api, text, readClock: () => NOW_MS });
}

/** Finds the phrases in the code of the packages, except in parts that the editor does not use. */
function phrasesOfPackages(): string[] {
  const parts = ['autocomplete', 'commands', 'search', 'view'];
  const code = parts.map((part) => readFileSync(join(PACKAGES, part, 'dist/index.js'), 'utf8'));
  const found = code.flatMap((text) => [...text.matchAll(/phrase\((?:view, )?"([^"]+)"/gu)]);
  return found.flatMap(([, phrase]) => (phrase === undefined ? [] : [phrase]));
}

test('translates every message in the packages of the editor', async () => {
  const { phrases } = editorIn('ja', await openConsole());
  const asked = phrasesOfPackages().filter((phrase) => !['Go to line', 'go'].includes(phrase));
  expect(asked.length).toBeGreaterThan(15);
  for (const phrase of asked) expect(phrases[phrase], phrase).toMatch(/[ぁ-んァ-ン一-龠]/u);
});

test('shows a finding at its line, with its remedy', async () => {
  const { judgement } = judgeText(ARTICLE, {
    clusters: [],
    certificates: [],
    now: NOW,
    serialSpelling: 'serialnumber',
  });
  const findings = editorIn('en', await openConsole()).findings(judgement);
  const missing = findings.filter(({ message }) => /^Error: .*notBefore.*\n.+/su.test(message));
  // Four of the five entries have no cutoff.
  expect(missing.map(({ line }) => line)).toEqual([13, 16, 19, 22]);
  expect(findings).toHaveLength(judgement.findings.length);
});

test('suggests groups of the inventory with the number of their certificates, and the current time as cutoff', async () => {
  const console = await openConsole();
  await console.import(await certificateFiles({ role: 'kubelet-client' }));
  const editor = editorIn('en', console);
  await editor.load();
  const suggestValues = (field: string): unknown => {
    const written = `spec:\n  revocations:\n  - ${field}: `;
    return editor.suggest(written, written.length)?.options;
  };
  expect(suggestValues('group')).toEqual([{ text: 'system:nodes', detail: '1 known certificate' }]);
  expect(suggestValues('notBefore')).toEqual([{ text: '"2026-11-24T12:00:00Z"', detail: 'now' }]);
});
