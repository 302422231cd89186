import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tmpdir } from 'node:os';
import { memoryStore } from '../../../../core/inventory/store/memory-store.ts';
import { DEFAULT_SETTINGS } from '../../../../core/settings/model/settings.ts';
import { CA_EXTENSIONS, issue, openssl, pairIn } from '../../../support/openssl.ts';
import { MemoryFiles, TEST_NOW, testPorts } from '../../../support/ports.ts';
import { TestWorld, type Outcome } from '../../cli/test-world.ts';

const PASSPHRASE = 'correct horse battery staple';
const DAY = 86_400_000;
const folder = mkdtempSync(join(tmpdir(), 'arcwarden-'));
let pfx: Uint8Array;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(() => {
  const now = Date.parse(TEST_NOW);
  const { certificate, key } = issue(...pairIn(folder, 'site'), {
    ...{ subject: '/CN=site', notBeforeMs: now - DAY, notAfterMs: now + 30 * DAY, extensions: CA_EXTENSIONS },
  });
  writeFileSync(join(folder, 'pass'), PASSPHRASE);
  const out = join(folder, 'site.pfx');
  openssl(
    'pkcs12',
    '-export',
    '-in',
    certificate,
    '-inkey',
    key,
    '-out',
    out,
    '-passout',
    `file:${join(folder, 'pass')}`,
  );
  pfx = new Uint8Array(readFileSync(out));
});

function world(content = pfx): TestWorld {
  const files = new MemoryFiles().put('/in/site.pfx', content).put('/secret', `${PASSPHRASE}\n`).put('/other', 'no\n');
  const made = new TestWorld(testPorts(files));
  made.store = {
    ...memoryStore(),
    settings: () => DEFAULT_SETTINGS,
    changeSettings: () => Promise.resolve(DEFAULT_SETTINGS),
    close: () => Promise.resolve(),
  };
  return made;
}

interface Answer {
  findings: { rule: string; severity: string }[];
  records?: { name: string; keyMatch: string }[];
  added?: { name: string }[];
}

function parseAnswer({ out }: Outcome): Answer {
  return JSON.parse(out) as Answer;
}

const rulesIn = (outcome: Outcome): string[] =>
  parseAnswer(outcome)
    .findings.map(({ rule }) => rule)
    .filter((rule) => rule.startsWith('container.'));

for (const verb of [['inspect'], ['inventory', 'import']]) {
  const name = verb.join(' ');

  test(`${name} opens a PFX with the passphrase from a file`, async () => {
    const outcome = await world().run(...verb, '/in/site.pfx', '--passphrase-file', '/secret', '--json');
    expect([outcome.code, rulesIn(outcome)]).toEqual([0, []]);
    const { records, added } = parseAnswer(outcome);
    expect((records ?? added ?? []).map((each) => each.name)).toEqual(['site']);
    if (records !== undefined) expect(records[0]?.keyMatch).toBe('matches');
  });

  test(`${name} asks for the passphrase at a terminal once per file and does not display it`, async () => {
    const made = world();
    made.typed = { answers: [PASSPHRASE] };
    const outcome = await made.run(...verb, '/in', '--json');
    expect(made.questions).toEqual(['Passphrase of “/in/site.pfx”, or Enter to skip the file:']);
    expect(rulesIn(outcome)).toEqual([]);
  });

  test(`${name} distinguishes a missing passphrase, a wrong passphrase and damage`, async () => {
    expect(rulesIn(await world().run(...verb, '/in', '--json'))).toEqual(['container.passphrase-needed']);
    const wrong = await world().run(...verb, '/in', '--passphrase-file', '/other', '--json');
    expect(rulesIn(wrong)).toEqual(['container.passphrase-wrong']);
    const cut = world(pfx.slice(0, -20));
    expect(rulesIn(await cut.run(...verb, '/in', '--passphrase-file', '/secret', '--json'))).toEqual([
      'container.damaged',
    ]);
  });

  test(`${name} leaves a file locked after empty input, and ends if the question is cancelled`, async () => {
    const made = world();
    made.typed = { answers: [''] };
    expect(rulesIn(await made.run(...verb, '/in', '--json'))).toEqual(['container.passphrase-needed']);
    made.typed = { answers: undefined };
    expect((await made.run(...verb, '/in', '--json')).code).toBe(2);
  });

  test(`${name} never prints, stores or logs a passphrase`, async () => {
    for (const [file, secret] of [
      ['/secret', PASSPHRASE],
      ['/other', 'no\n'],
    ] as const) {
      const made = world();
      const { out, notices } = await made.run(...verb, '/in', '--passphrase-file', file);
      const kept = JSON.stringify([made.store?.clusters(), made.ports.log.entries]);
      for (const text of [out, notices, kept]) expect(text).not.toContain(secret);
    }
  });
}

test('the authorities’ passphrase in the environment is not tried on other files', async () => {
  const made = world();
  made.environment.set('ARCWARDEN_PASSPHRASE', PASSPHRASE);
  expect(rulesIn(await made.run('inspect', '/in', '--json'))).toEqual(['container.passphrase-needed']);
});

test('no passphrase is requested if no file is locked', async () => {
  const made = world();
  made.typed = { answers: [] };
  await made.run('inspect', '/secret');
  expect(made.questions).toEqual([]);
});
