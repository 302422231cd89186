import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { judgeText } from '../../../../core/revocation/evaluate.ts';
import { TextState } from '../../../../renderer/i18n/text.svelte.ts';
import { RevocationEditorState } from '../../../../renderer/revocation/edit/editor.svelte.ts';
import { NOW } from '../../../support/known-certificates.ts';
import { FakeApi, NOW_MS } from '../../fake-api.ts';
import type { Language } from '../../../../core/text/text.ts';

const PACKAGES = join(import.meta.dirname, '../../../../node_modules/@codemirror');
const ARTICLE = readFileSync(join(import.meta.dirname, '../../../fixtures/revocation/article.yaml'), 'utf8');

function editorIn(language: Language): RevocationEditorState {
  const text = new TextState(
    () => language,
    () => 'utc',
  );
  return new RevocationEditorState({ api: new FakeApi().api, text, readClock: () => NOW_MS });
}

/** Words that the packages show, as their code asks for them, but those of parts that the editor does not have. */
function phrasesOfPackages(): string[] {
  const parts = ['autocomplete', 'commands', 'search', 'view'];
  const code = parts.map((part) => readFileSync(join(PACKAGES, part, 'dist/index.js'), 'utf8'));
  const found = code.flatMap((text) => [...text.matchAll(/phrase\((?:view, )?"([^"]+)"/gu)]);
  return found.flatMap(([, phrase]) => (phrase === undefined ? [] : [phrase]));
}

test('every word of the editor’s packages has its translation, in place of the English one', () => {
  const { phrases } = editorIn('ja');
  const asked = phrasesOfPackages().filter((phrase) => !['Go to line', 'go'].includes(phrase));
  expect(asked.length).toBeGreaterThan(15);
  for (const phrase of asked) expect(phrases[phrase], phrase).toMatch(/[ぁ-んァ-ン一-龠]/u);
});

test('a finding stands at its line, with what helps', () => {
  const { judgement } = judgeText(ARTICLE, {
    clusters: [],
    certificates: [],
    now: NOW,
    serialSpelling: 'serialnumber',
  });
  const findings = editorIn('en').findings(judgement);
  const missing = findings.filter(({ message }) => /^Error: .*notBefore.*\n.+/su.test(message));
  // Four of the five entries of the sample have none; counted in the file.
  expect(missing.map(({ line }) => line)).toEqual([13, 16, 19, 22]);
  expect(findings).toHaveLength(judgement.findings.length);
});

test('groups of the inventory are suggested with their numbers, the moment as now', async () => {
  const fake = new FakeApi();
  const text = new TextState(
    () => 'en',
    () => 'utc',
  );
  const editor = new RevocationEditorState({
    api: {
      ...fake.api,
      revocation: {
        ...fake.api.revocation,
        candidates: () =>
          Promise.resolve({
            ok: true,
            value: {
              total: 1,
              certificates: [],
              nodes: [],
              groups: [{ group: 'system:nodes', certificates: 1, clusters: ['retail-east'] }],
            },
          }),
      },
    },
    text,
    readClock: () => NOW_MS,
  });
  await editor.load();
  const at = (field: string): unknown => {
    const written = `spec:\n  revocations:\n  - ${field}: `;
    return editor.suggest(written, written.length)?.options;
  };
  expect(at('group')).toEqual([{ text: 'system:nodes', detail: '1 known certificate' }]);
  expect(at('notBefore')).toEqual([{ text: '"2026-11-24T12:00:00Z"', detail: 'now' }]);
});
