import { beforeEach, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../../core/knowledge/model/cmdlets/cmdlets.ts';
import { FAILURES } from '../../../core/knowledge/model/failures/failures.ts';
import { KNOWLEDGE, type KnowledgeRef, type TextPart } from '../../../core/knowledge/model/article.ts';
import type { Language } from '../../../core/shared/text/text.ts';
import { TextState } from '../../../renderer/i18n/text.svelte.ts';
import {
  createArticle,
  getTitle,
  type CommandArticle,
  type FailureArticle,
} from '../../../renderer/knowledge/article.ts';
import { loadArticleSearch } from '../../../renderer/knowledge/article-search.svelte.ts';
import { KnowledgeState } from '../../../renderer/knowledge/knowledge.svelte.ts';

await loadArticleSearch();

let language: Language;
let text: TextState;
let knowledge: KnowledgeState;
let shown: number;

beforeEach(() => {
  language = 'en';
  shown = 0;
  text = new TextState(
    () => language,
    () => 'utc',
  );
  knowledge = new KnowledgeState({ text, show: () => (shown += 1) });
});

const f07: KnowledgeRef = { kind: 'failure', id: 'F07' };
const articleId = (): string | undefined => knowledge.shown?.id;
const words = (parts: readonly TextPart[]): string => parts.map((part) => part.text).join('');

describe('the list', () => {
  test('contains all articles; the article about where to look first is open', () => {
    expect(knowledge.rows).toHaveLength(KNOWLEDGE.length);
    expect(knowledge.totals.failure).toBe(FAILURES.length);
    expect(knowledge.article.kind).toBe('start');
    expect(knowledge.activeIndex).toBe(-1);
  });

  test('opens the best article while text is typed', () => {
    knowledge.search('kms plugin');
    expect(knowledge.activeIndex).toBe(0);
    knowledge.search('Repair-MocLogin');
    expect(articleId()).toBe('Repair-MocLogin');
    expect(knowledge.rows[0]?.title).toBe('Repair-MocLogin');
  });

  test('opens the article about where to look first if nothing matches', () => {
    knowledge.search('F07');
    knowledge.search('segmentation fault');
    expect(knowledge.rows).toEqual([]);
    expect(knowledge.article.kind).toBe('start');
  });

  test('searches a pasted text with its line breaks, and rates the certainty of the match', () => {
    const log =
      '2026-11-27T08:14:00Z starting login to cloud agent\n' +
      '2026-11-27T08:14:01Z rpc error: code = Unauthenticated desc = Valid Token Required.';
    knowledge.search(log.replaceAll('\n', ' '), log);
    expect(articleId()).toBe('F07');
    expect(knowledge.rows[0]?.recognised).toBe('almost sure');
  });

  test('drops the line breaks of a pasted text once the text is edited', () => {
    knowledge.search('Valid Token Required', 'failed to repair\ncluster certificates');
    expect(articleId()).toBe('F08');
    knowledge.search('Get-MocNode');
    expect(articleId()).toBe('Get-MocNode');
  });

  test('shows a single kind on request, and keeps the counts of all kinds', () => {
    knowledge.search('token');
    const all = knowledge.rows.length;
    knowledge.filterBy('contradiction');
    expect(knowledge.rows.every(({ ref }) => ref.kind === 'contradiction')).toBe(true);
    expect(knowledge.shown?.kind).toBe('contradiction');
    expect(knowledge.kinds.reduce((sum, { count }) => sum + count, 0)).toBe(all);
    knowledge.filterBy('contradiction');
    expect(knowledge.rows).toHaveLength(all);
  });

  test('moves through the list with the arrow keys and stops at both ends', () => {
    expect(knowledge.moveBy('ArrowDown')).toBe(true);
    expect(articleId()).toBe('F01');
    knowledge.moveBy('ArrowUp');
    expect(articleId()).toBe('F01');
    knowledge.moveBy('PageDown');
    expect(articleId()).toBe('F09');
    expect(knowledge.moveBy('Home')).toBe(false);
    knowledge.search('segmentation fault');
    expect(knowledge.moveBy('ArrowDown')).toBe(true);
    expect(articleId()).toBeUndefined();
  });

  test('states where to look if a problem is unrelated to certificates', () => {
    knowledge.search('dial tcp: lookup ca.corp.example: no such host');
    expect(knowledge.elsewhere).toEqual(['failure.elsewhere.dns']);
    expect(text.lookUp('failure.elsewhere.dns')).toContain('DNS');
  });

  test('switches to another language immediately and keeps the article open', () => {
    knowledge.search('F07');
    language = 'ja';
    const other = new KnowledgeState({ text, show: () => undefined });
    other.search('F07');
    expect(other.rows[0]?.title).toContain('KMS プラグイン');
  });
});

describe('the navigation history', () => {
  test('goes back and forward through the articles that were opened', () => {
    knowledge.openFailure('F07');
    knowledge.openCommand('Get-MocNode');
    knowledge.open({ kind: 'credential', id: 'mocctl' });
    knowledge.open({ kind: 'contradiction', id: 'moc-validity' });
    expect(shown).toBe(4);
    knowledge.back();
    knowledge.back();
    expect(articleId()).toBe('Get-MocNode');
    expect(knowledge.canGoForward).toBe(true);
    knowledge.forward();
    expect(articleId()).toBe('mocctl');
    knowledge.openFailure('F01');
    expect(knowledge.canGoForward).toBe(false);
    for (let step = 0; step < 10; step++) knowledge.back();
    expect(knowledge.article.kind).toBe('start');
    expect(knowledge.canGoBack).toBe(false);
  });

  test('skips articles that were only passed while typing or with the arrow keys', () => {
    knowledge.open(f07);
    for (const letters of ['G', 'Get', 'Get-Moc', 'Get-MocNode']) knowledge.search(letters);
    for (let step = 0; step < 3; step++) knowledge.moveBy('ArrowDown');
    knowledge.back();
    expect(articleId()).toBe('F07');
  });

  test('adds an article to the history if it was read before another one was chosen', () => {
    knowledge.search('F04');
    knowledge.keep();
    knowledge.search('F05');
    expect(articleId()).toBe('F05');
    knowledge.back();
    expect(articleId()).toBe('F04');
  });

  test('does not extend the history when the open article is opened again', () => {
    knowledge.open(f07);
    knowledge.open(f07);
    knowledge.back();
    expect(knowledge.article.kind).toBe('start');
  });

  test('opens commands in the checker, and articles from the checker', () => {
    knowledge.open(f07);
    knowledge.openChecker('Get-MocNode');
    expect(knowledge.view).toBe('checker');
    expect(knowledge.checker.line).toBe('Get-MocNode');
    knowledge.openCommand('get-mocnode');
    expect(knowledge.view).toBe('articles');
    expect(articleId()).toBe('Get-MocNode');
  });

  test('ignores an unknown failure, and searches for an unknown command', () => {
    knowledge.openFailure('F99');
    expect(articleId()).toBeUndefined();
    knowledge.openCommand('New-AksHciNodePool');
    expect(knowledge.query).toBe('New-AksHciNodePool');
    expect(articleId()).toBe('New-AksHciNodePool');
  });
});

describe('an article', () => {
  const failure = (id: FailureArticle['id']): FailureArticle =>
    createArticle({ kind: 'failure', id }, text) as FailureArticle;
  const command = (id: string): CommandArticle => createArticle({ kind: 'cmdlet', id }, text) as CommandArticle;

  test.each(['en', 'ja'] as const)('has no missing text and no missing source in the language %s', (each) => {
    language = each;
    const own = new TextState(
      () => each,
      () => 'utc',
    );
    const isKey = (value: string): boolean =>
      /^(?:failure|cmdlet|repair|remedy|check|triage|contradiction|knowledge|role|renewal|placeholder)\.[\w.-]+$/u.test(
        value,
      );
    const faults: string[] = [];
    const lookThrough = (value: unknown, path: string): void => {
      if (typeof value === 'string') {
        if (value === '' || isKey(value)) faults.push(`${path}: ${value}`);
      } else if (Array.isArray(value)) value.forEach((item, at) => lookThrough(item, `${path}[${at}]`));
      else if (typeof value === 'object' && value !== null)
        for (const [name, item] of Object.entries(value))
          // Titles and locations of sources are keys, which are translated when displayed.
          if (!['citations', 'citation', 'sources'].includes(name)) lookThrough(item, `${path}.${name}`);
    };
    for (const ref of KNOWLEDGE) {
      const article = createArticle(ref, own);
      expect(article.kind).toBe(ref.kind);
      expect(getTitle(ref, own)).not.toBe('');
      if (article.kind !== 'contradiction' && article.kind !== 'start')
        expect(article.sources.length, ref.id).toBeGreaterThan(0);
      const remedies = article.kind === 'credential' ? { ...article, remedies: [] } : article;
      lookThrough(remedies, ref.id);
    }
    expect(faults).toEqual([]);
  });

  test('lists the steps of the remedy for a failure in order, and the steps of both sides of a dispute', () => {
    const { steps, dispute, warning, apart, fill } = failure('F07');
    expect(steps.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(dispute?.sides).toEqual([[2], [1]]);
    expect(dispute?.link.ref).toEqual({ kind: 'contradiction', id: 'kms-on-workload' });
    expect(words(warning?.parts ?? [])).toContain('Do not reboot');
    expect(steps[2]?.continues?.ref.id).toBe('F08');
    expect(apart.map(({ link }) => link.ref.id)).toContain('F08');
    expect(apart[0]?.said.citations[0]?.certainty).toBe('inferred');
    expect(fill.map(({ name }) => name)).toContain('<cluster>');
  });

  test('states where to look for a failure unrelated to certificates', () => {
    const article = failure('F27');
    expect(article.about).toBe('not-a-certificate');
    expect(words(article.look?.parts ?? [])).toContain('Get-AksHciBillingStatus');
  });

  test('shows the syntax of each parameter set of a command, and its requirements', () => {
    const { command: facts, uses } = command('Update-AksHciClusterCertificates');
    expect(facts?.syntaxes.map(({ line }) => line)).toEqual([
      'Update-AksHciClusterCertificates -name <cluster> [-fixCloudCredentials] [-force]',
      'Update-AksHciClusterCertificates -name <cluster> [-fixKubeletCredentials] [-force]',
      'Update-AksHciClusterCertificates -name <cluster> -patchLoadBalancer -fixCloudCredentials [-force]',
    ]);
    expect(facts?.syntaxes.map(({ needsApiServer }) => needsApiServer)).toEqual([true, false, null]);
    expect(facts?.replaces.map(({ title }) => title)).toEqual(['Repair-AksHciClusterCerts']);
    expect(uses.map(({ link }) => link.ref.id)).toContain('F01');
  });

  test('names the successor of a deprecated command and the date of deprecation', () => {
    expect(command('Repair-AksHciCerts').command?.deprecated).toMatchObject({
      successor: { title: 'Update-AksHciCertificates' },
      since: { month: '2022-05' },
    });
    expect(command('Update-AksHciCertificates').command?.deprecated).toBeUndefined();
  });

  test('shows no details of a command that is known only by name', () => {
    expect(command('New-AksHciNodePool').command).toBeUndefined();
    expect(command('New-AksHciNodePool').sources[0]?.place).toBe('index');
  });

  test('states the lifetime of a token, or that the issuer determines it', () => {
    expect(createArticle({ kind: 'credential', id: 'kms-plugin-token' }, text)).toMatchObject({
      isToken: true,
      lifetime: { text: '90 d' },
    });
    const proxy = createArticle({ kind: 'credential', id: 'proxy-ca' }, text);
    expect(proxy).toMatchObject({ kind: 'credential', lifetime: undefined });
  });

  test('lists both sides of a contradiction with their sources, and the commands and failures concerned', () => {
    const article = createArticle({ kind: 'contradiction', id: 'kms-on-workload' }, text);
    if (article.kind !== 'contradiction') throw new Error(article.kind);
    expect(article.sides.every(({ citations }) => citations.length > 0)).toBe(true);
    expect(article.commands.map(({ title }) => title)).toContain('Repair-AksHciCerts');
    expect(article.failures.map(({ ref }) => ref.id)).toContain('F07');
  });

  test('has a command for every question about where to look first', () => {
    const article = createArticle(undefined, text);
    if (article.kind !== 'start') throw new Error(article.kind);
    expect(article.questions).toHaveLength(9);
    for (const { command: line } of article.questions) expect(line).not.toBe('');
  });
});

describe('the command checker', () => {
  const GOOD = 'Update-AksHciClusterCertificates -name my-cluster -fixCloudCredentials';

  test('distinguishes correct commands from unknown ones', () => {
    const { checker } = knowledge;
    expect(checker.answer).toBe('empty');
    checker.type(GOOD);
    expect(checker).toMatchObject({ answer: 'right', problems: [] });
    expect(checker.commands.map(({ name }) => name)).toEqual(['Update-AksHciClusterCertificates']);
    checker.type('Copy-Nothing -here');
    expect(checker.answer).toBe('unknown');
    expect(checker.knownCount).toBe(COMMANDS.length);
  });

  test('marks each problem at its position, and applies a suggestion there', () => {
    const { checker } = knowledge;
    checker.type(GOOD.replace('Update', 'Upate').replace('-name', '–name'));
    expect(checker.answer).toBe('error');
    expect(checker.pieces.filter(({ severity }) => severity !== undefined)).toEqual([
      { text: 'Upate-AksHciClusterCertificates', severity: 'error' },
      { text: '–name', severity: 'warning' },
    ]);
    expect(checker.pieces.map((piece) => piece.text).join('')).toBe(checker.line);
    const [typo] = checker.problems;
    if (typo === undefined) throw new Error('no problem');
    expect(typo).toMatchObject({ column: 1, marked: 'Upate-AksHciClusterCertificates' });
    expect(checker.take(typo)).toBe('Update-AksHciClusterCertificates'.length);
    expect(checker.answer).toBe('warning');
    const [dash] = checker.problems;
    if (dash !== undefined) checker.take(dash);
    expect(checker).toMatchObject({ line: GOOD, answer: 'right' });
  });

  test('undoes suggestions one by one until something is typed', () => {
    const { checker } = knowledge;
    const begun = 'Upate-AksHciCertificates –force';
    checker.type(begun);
    while (checker.problems[0] !== undefined) checker.take(checker.problems[0]);
    expect(checker.line).toBe('Update-AksHciCertificates -force');
    checker.undo();
    expect(checker.answer).not.toBe('right');
    checker.undo();
    expect(checker).toMatchObject({ line: begun, canUndo: false });
    const [first] = checker.problems;
    if (first !== undefined) checker.take(first);
    checker.type('Get-MocNode');
    expect(checker.canUndo).toBe(false);
  });

  test('checks against the chosen build, and reports an invalid build', () => {
    const { checker } = knowledge;
    checker.type('Update-AksHciCertificates');
    checker.build = '1.0.4.10928';
    expect(checker.problems[0]?.suggestion).toBe('Repair-AksHciCerts');
    expect(checker.answer).toBe('error');
    checker.build = 'May';
    expect(checker).toMatchObject({ isBuildReadable: false, answer: 'right' });
    checker.build = ' 1.0.14.10928 ';
    expect(checker).toMatchObject({ isBuildReadable: true, answer: 'right' });
  });

  test('judges each of several pasted lines, and names the line and column of a problem', () => {
    const { checker } = knowledge;
    checker.type('Get-MocNode\r\nRemove-Item C:\\wssdcloudagent -Recurse\r\n');
    expect(checker.commands.map(({ name }) => name)).toEqual(['Get-MocNode', 'Remove-Item']);
    expect(checker.answer).toBe('error');
    expect(checker.problems).toMatchObject([{ line: 2, column: 13, marked: 'C:\\wssdcloudagent' }]);
    expect(checker.problems[0]?.message).toContain('the data of the agents');
    checker.type('Get-MocNode\nGet-AksHciVersion');
    expect(checker.answer).toBe('right');
  });

  test('is not sure of a line with a command that it does not know', () => {
    const { checker } = knowledge;
    checker.type('Get-MocNode; .\\cleanup.ps1');
    expect(checker.answer).toBe('unknown');
    expect(checker.problems.map(({ marked }) => marked)).toEqual(['.\\cleanup.ps1']);
  });

  test('compares cluster names with the inventory', () => {
    const clusters = [
      { name: 'logistics', kind: 'kubernetes' },
      { name: 'ca-1', kind: 'moc' },
    ];
    const { checker } = new KnowledgeState({ text, show: () => undefined, inventory: { clusters } });
    checker.type('Get-AksHciCredential -name logistic');
    expect(checker.answer).toBe('warning');
    expect(checker.problems).toMatchObject([{ suggestion: 'logistics' }]);
    checker.type('Get-AksHciCredential -name logistics');
    expect(checker.answer).toBe('right');
  });
});
