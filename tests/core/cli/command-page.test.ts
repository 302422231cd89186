import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandPage } from '../../../core/cli/command-page.ts';
import { VERBS } from '../../../core/cli/run.ts';
import { translator } from '../../../core/shared/text/text.ts';
import { ROOT } from '../../../build/paths.mjs';

/* `npm run docs` runs this file with --update, which writes the pages. */

const FOLDER = join(ROOT, 'docs/cli');
const WORDS = [...new Set(VERBS.map(({ name }) => name[0] ?? ''))];

function pageFor(word: string): string {
  return commandPage(
    word,
    VERBS.filter(({ name }) => name[0] === word),
    translator('en'),
  );
}

test.each(WORDS)('docs/cli/%s.md is the help of its commands', async (word) => {
  await expect(pageFor(word)).toMatchFileSnapshot(join(FOLDER, `${word}.md`));
});

test('docs/cli has a page for each first word of a command and no other file', () => {
  expect(readdirSync(FOLDER).sort()).toEqual(WORDS.map((word) => `${word}.md`).sort());
});

describe('a page', () => {
  const page = pageFor('silence');

  test('has a section for each command, in the order of the help', () => {
    expect([...page.matchAll(/^## `(.*)`$/gmu)].map(([, name]) => name)).toEqual([
      'silence list',
      'silence snooze',
      'silence acknowledge',
      'silence remove',
    ]);
  });

  test('has the usage, the keys of the JSON document and the examples', () => {
    expect(page).toContain('```\narcwarden silence list\n```');
    expect(page).toContain('| `--json` | silences |');
    expect(page).toContain('--until 2026-12-24T18:00:00Z --reason "replaced on Thursday"\n```');
  });

  test('joins the lines of an option in one cell, and escapes the lines between words', () => {
    expect(pageFor('lab')).toMatch(
      /^\| `--etcd-client-issuer CA` \| .* in kubeadm \(default\), or cluster-ca .* \|$/mu,
    );
    expect(pageFor('inventory')).toContain(String.raw`| \`--json \| --csv \| --html\` |`.replaceAll('\\`', '`'));
  });
});
