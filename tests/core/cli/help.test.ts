import { describe, expect, test } from 'vitest';
import { helpOverview, partsFromVerb, verbHelp } from '../../../core/cli/help.ts';
import { readProgramArguments } from '../../../core/cli/program-arguments.ts';
import { VERBS } from '../../../core/cli/run.ts';
import { CHANNEL_OPTIONS } from '../../../core/notifications/cli/options.ts';
import { REPAIR_PLAN_OPTIONS } from '../../../core/repair/cli/verbs.ts';
import { UPDATE_PLAN_OPTIONS } from '../../../core/update/cli/verbs.ts';
import { READS } from '../../../core/shared/contract/effect.ts';
import { LANGUAGES, translator } from '../../../core/shared/text/text.ts';
import { EXIT } from '../../../core/shared/verb/usage.ts';
import type { Verb } from '../../../core/shared/verb/verb.ts';

/** Options that the text of another command describes. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  'channel add': ['enable', 'no-secret', 'no-ca-file'],
  'channel change': CHANNEL_OPTIONS,
  'repair run': REPAIR_PLAN_OPTIONS,
  'update run': UPDATE_PLAN_OPTIONS,
};

const ALL = VERBS.map((verb) => ({ words: verb.name.join(' '), verb }));

describe.each(LANGUAGES)('the help in %s', (language) => {
  const translate = translator(language);

  test.each(ALL)('describes each option of “$words” and no other', ({ verb }) => {
    const [usage = '', sentence = '', ...rest] = verbHelp(verb, translate);
    const options: readonly string[] = verb.options ?? [];
    expect(usage).toMatch(new RegExp(`^arcwarden ${verb.name.join(' ')}(?: |$)`, 'u'));
    expect(sentence).toMatch(/^ {4}\S/u);
    const text = [usage, sentence, ...rest].join('\n');
    const elsewhere = ELSEWHERE[verb.name.join(' ')] ?? [];
    for (const option of options.filter((each) => !elsewhere.includes(each)))
      expect(text).toMatch(new RegExp(`--${option}(?![a-z-])${option === 'file' ? '| -f ' : ''}`, 'u'));
    for (const [, option = ''] of text.matchAll(/(?<!\w)--([a-z-]+)/gu))
      expect(['json', 'now', ...options]).toContain(option);
  });

  test.each(ALL)('describes the JSON document of “$words” after all options', ({ verb }) => {
    const { option, text } = partsFromVerb(verb, translate).options.at(-1) ?? {};
    expect(option).toBe('--json');
    expect(text).toMatch(/./u);
  });

  test.each(ALL)('gives examples of “$words” that have only its words and options', ({ verb }) => {
    for (const example of partsFromVerb(verb, translate).examples) {
      const [program = '', ...argv] = example.match(/"[^"]*"|\S+/gu) ?? [];
      const { words, values } = readProgramArguments(argv);
      expect([program, ...words.slice(0, verb.name.length)]).toEqual(['arcwarden', ...verb.name]);
      expect(['json', ...(verb.options ?? [])]).toEqual(expect.arrayContaining(Object.keys(values)));
    }
  });

  test('has an overview with the usage and one line about every command', () => {
    const parts = helpOverview(VERBS, translate).split('\n\n');
    for (const { words } of ALL)
      expect(
        parts.filter((part) => part.startsWith(`arcwarden ${words}`)).map((part) => part.split('\n').length),
      ).toContain(2);
  });
});

test.each(ALL)('the help of “$words” has the same keys and examples in every language', ({ verb }) => {
  const [english, ...others] = LANGUAGES.map((language) => {
    const { options, examples } = partsFromVerb(verb, translator(language));
    return { examples, keys: options.at(-1)?.text.replace(/^.*: /u, '') };
  });
  if (verb.name[0] === 'settings') return;
  for (const other of others) expect(other).toEqual(english);
});

test('the Japanese help uses polite verb forms', () => {
  const lines = VERBS.flatMap((verb) => verbHelp(verb, translator('ja')).slice(1));
  expect(lines.filter((line) => /[くつむるい](?: \([^)]*\))?$/u.test(line))).toEqual([]);
});

const MADE: Verb = { name: ['runs', 'show'], effect: READS, run: () => Promise.resolve(EXIT.fine) };

describe('the first line', () => {
  const firstLine = (more: Partial<Verb>): string => verbHelp({ ...MADE, ...more }, translator('en'))[0] ?? '';

  test('names what follows the verb', () => {
    expect(firstLine({ usage: 'RUN --out FILE', options: ['out'] })).toBe('arcwarden runs show RUN --out FILE');
    expect(firstLine({})).toBe('arcwarden runs show');
  });

  test('says that there are options, if it does not name all of them', () => {
    expect(firstLine({ usage: 'RUN --out FILE', options: ['out', 'yes'] })).toBe(
      'arcwarden runs show RUN --out FILE [OPTION...]',
    );
    expect(firstLine({ options: ['yes'] })).toBe('arcwarden runs show [OPTION...]');
  });
});

describe('the lines of options', () => {
  const [passphrase, cluster] = verbHelp(
    { ...MADE, options: ['passphrase-file', 'cluster', 'yes'] },
    translator('en'),
  ).slice(-3);

  test('come from the shared texts, with aligned descriptions', () => {
    expect(passphrase).toMatch(/^ {4}--passphrase-file FILE {2}the passphrase/u);
    expect(cluster?.indexOf('only this cluster')).toBe(passphrase?.indexOf('the passphrase'));
  });

  test('come from the text of the verb if it describes the option', () => {
    const dryRun = VERBS.find(({ name }) => name.join(' ') === 'revocation dry-run') ?? MADE;
    const lines = verbHelp(dryRun, translator('en')).filter((line) => line.trim().startsWith('--cluster'));
    expect(lines).toEqual([expect.stringContaining('the cluster, if several are known')]);
  });

  test('say that the cloud agent of a linked cluster is required', () => {
    const link = VERBS.find(({ name }) => name.join(' ') === 'inventory link') ?? MADE;
    expect(verbHelp(link, translator('en')).join('\n')).toMatch(/--deployment NAME {2}.*; required$/mu);
  });

  test('align the second line of a description with the first', () => {
    const revoke = VERBS.find(({ name }) => name.join(' ') === 'authority revoke') ?? MADE;
    const [first = '', second = ''] = verbHelp(revoke, translator('en')).slice(2);
    expect(second.search(/\S/u)).toBe(first.indexOf('unspecified'));
  });
});
