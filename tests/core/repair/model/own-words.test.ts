import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { listFacts, readOwnWords } from '../../../../core/repair/model/own-words.ts';
import { epochMs, instant } from '../../../../core/shared/instant.ts';
import { INNOCENT, TRANSCRIPTS } from '../../../support/perturbed.ts';

const NOW_MS = epochMs(instant('2026-11-25T12:00:00Z'));
const readFacts = (text: string, names: readonly string[] = []) =>
  readOwnWords(text.split('\n'), NOW_MS, new Set(names));

/** Groups the facts of a text by field. */
function read(text: string, names: readonly string[] = []) {
  const facts = readFacts(text, names);
  const [offHours] = listFacts(facts, 'offHours');
  const [updated] = listFacts(facts, 'daysSinceUpdate');
  const layers = listFacts(facts, 'found');
  return {
    offHours: offHours && { value: offHours.amount, line: offHours.line },
    daysSinceUpdate: updated && { value: updated.amount, line: updated.line },
    found: Object.fromEntries(layers.map(({ of, is, line }) => [of, { value: is, line }])),
    tried: listFacts(facts, 'tried').map(({ command, line }) => ({ value: command, line })),
    restart: listFacts(facts, 'restart')[0],
  };
}

test.each([
  ['Our lab was powered down for 3 weeks.', 20.5],
  ['We moved offices and everything was without power for more than 40 days', 40],
  ['The nodes have been off since 3 November, sorry', 22.5],
  ['the site has been switched off since Oct 20', 36.5],
  ['All VMs have been offline for about two months', 59.5],
  ['We have been down since mid July', 120.5],
  ['after 33 days of downtime nothing answers', 32.5],
  ['edge-plant has been off since 28 October.', 28.5],
  ['We restart tonight; edge2 was powered off for six weeks', 41.5],
  ['夏休みのため 36 日間シャットダウンしていました。', 35.5],
  ['10月29日から電源を切っています', 27.5],
  ['停止してから5週間になります', 34.5],
  ['クラスターは31日以上停止していました', 31],
  ['30 日を超えて停止していました', 30],
  ['10月28日から avonmouth を停止していました。', 28.5],
  ['約 6 週間、検証用のクラスターは電源が切れていました', 41.5],
])('a time off is read from a person’s words: %s', (text, days) => {
  expect(read(text).offHours).toEqual({ value: days * 24, line: 1 });
});

test.each([
  'We have not switched the cluster off for 5 weeks',
  'It will be off for 40 days',
  'If the nodes are off for 40 days, does it still start?',
  'The printer was off for 40 days',
  'my printer has been off for 40 days',
  'The VMs went down after 40 days',
  'The node agent shut down 40 days ago',
  'The maintenance window is down to 40 days',
  '40 日間停止していません',
  '40 日間停止する予定です',
  '40 日以内にクラスターを更新しないと停止します',
  '40 日後にホストを停止します',
  '停止した場合は 40 日以内に起動してください',
  'プリンターは 40 日間停止していました',
  'プリンターの電源を 40 日間切っていました',
  '空調が 40 日間止まっていました',
])('a denial, a plan, a condition and another device state no time off: %s', (text) => {
  expect(read(text).offHours).toBeUndefined();
});

test.each([
  'Has the cluster been off for 40 days?',
  '40 日間停止していても大丈夫ですか',
  'Microsoft says a cluster that is off for 30 days needs a repair',
  'According to the guide, the cluster was off for 40 days',
  'ドキュメントによると、40 日間停止していました',
  'The cluster was off for 40 days last year',
  'Last winter the cluster was off for 40 days',
  '昨年、クラスターは 40 日間停止していました',
  'We were down from 1 October to 3 October',
  'The cluster was off for 10-12 days',
  '10月1日から10月3日まで停止していました',
])('a question, a quotation and a past time that has ended state no time off: %s', (text) => {
  expect(read(text).offHours).toBeUndefined();
});

test('the clauses before the last one of a question state facts', () => {
  expect(read('The cluster was off for 40 days, is that a problem?').offHours?.value).toBe(39.5 * 24);
  expect(read('クラスターは 40 日間停止していました。問題ありますか。').offHours?.value).toBe(39.5 * 24);
});

describe('with an inventory', () => {
  const NAMES = ['edge', 'depot', 'yard'];

  test('only its clusters and general words are subjects', () => {
    for (const text of ['edge has been off for 40 days', 'edge は 40 日間停止していました', 'it was off for 40 days'])
      expect(read(text, NAMES).offHours?.value).toBe(39.5 * 24);
    for (const text of ['printer2 has been off for 40 days', 'web01 は 40 日間停止していました'])
      expect(read(text, NAMES).offHours).toBeUndefined();
  });

  test.each([
    ['depot was off for 40 days.', ['depot']],
    ['クラスター depot を 10 月 1 日に停止しました', ['depot']],
    ['Depot and yard were off for 40 days', ['depot', 'yard']],
    ['Both clusters were off for 40 days', 'all'],
    ['クラスターdepotは40日間停止していました', ['depot']],
    ['現在edgeは40日間停止しています', ['edge']],
    ['Both hosts were off for 40 days', []],
    ['We all know that it was off for 40 days', []],
    ['すべてのクラスターを 40 日間停止していました', 'all'],
    ['クラスターをすべて40日間停止していました', 'all'],
    ['All of the clusters have been off for 40 days', 'all'],
    ['All our AKS clusters were off for 40 days', 'all'],
    ['All hosts of the cluster were off for 40 days', []],
    ['Our depot cluster was off for 40 days', ['depot']],
    ['The depot and yard clusters were off for 40 days', ['depot', 'yard']],
    ['depotとyardは40日間停止していました', ['depot', 'yard']],
    ['Looks like the cluster has been off for 40 days', []],
    ['The cluster was off for 40 days', []],
  ])('a fact lists the clusters of the inventory that its sentence names: %s', (text, about) => {
    expect(readFacts(text, NAMES).map((fact) => fact.about)).toEqual([about]);
  });

  test.each([
    'depot was off for 40 days and yard for 3 days',
    'depot was off for 40 days, yard was not',
    'All clusters except yard were off for 40 days',
    'Unlike yard, depot was off for 40 days',
    'depot was off for 40 days, yard is still running',
    'depot has been off for 40 days. yard is fine.',
    'We moved workloads to yard because depot has been off for 40 days',
    'depot は 40 日間停止していましたが、yard は動いています',
    'yard 以外のクラスターは 40 日間停止していました',
    'depot は 40 日間停止していましたが、yard は停止していません',
  ])('a sentence that tells clusters apart states no time off: %s', (text) => {
    expect(read(text, NAMES).offHours).toBeUndefined();
  });

  test('a command that was tried elsewhere does not count', () => {
    expect(read('Same as yard: Repair-Moc had no effect', NAMES).tried).toEqual([]);
    expect(read('Repair-Moc had no effect, same as before', NAMES).tried).toHaveLength(1);
    expect(read('We ran Repair-Moc on the other node: no effect', NAMES).tried).toHaveLength(1);
    expect(read('Like on the other clusters, Repair-Moc had no effect', NAMES).tried).toEqual([]);
  });

  test('a word that is also the name of a cluster names it only as a name', () => {
    const readAbout = (text: string) => readFacts(text, ['lab', 'edge']).map((fact) => fact.about);
    expect(readAbout('The lab was off for 40 days')).toEqual([[]]);
    expect(readAbout('lab was off for 40 days')).toEqual([['lab']]);
    expect(readAbout('The cluster lab was off for 40 days')).toEqual([['lab']]);
  });
});

test.each([
  ['Last upgrade was 83 days ago.', 83],
  ['The hosts have not been upgraded for ten weeks', 70],
  ["we haven't updated since 1 September", 85.5],
  ['It was updated 9 days ago', 9],
  ['7 月から更新していません。', 120.5],
  ['最終更新日は 2026年8月1日です', 116.5],
  ['it is 64 days since the last update', 64],
  ['最後のアップデートは 75 日前です', 75],
  ['2 か月間更新できていません', 60],
  ['前回の更新から 90 日経ちました', 90],
])('the last update is read from a person’s words: %s', (text, days) => {
  expect(read(text).daysSinceUpdate).toEqual({ value: days, line: 1 });
});

test.each(['Windows was last updated 100 days ago', 'Our backup has not been updated for 90 days'])(
  'an update of something else does not count: %s',
  (text) => {
    expect(read(text).daysSinceUpdate).toBeUndefined();
  },
);

test('a statement of no effect covers all commands before it', () => {
  const names = read('Repair-Moc も Repair-MocLogin も効果がありません').tried.map(({ value }) => value.cmdlet);
  expect(names).toEqual(['repair-moc', 'repair-moclogin']);
});

test.each([
  ['I already ran Repair-Moc, it did not help', ['repair-moc'], undefined],
  [
    'Ran Update-AksHciClusterCertificates -name plant -fixKubeletCredentials twice.\nSame error.',
    ['update-akshciclustercertificates', '-fixkubeletcredentials'],
    'plant',
  ],
  ['still expired after Update-AksHciCertificates -force', ['update-akshcicertificates'], undefined],
  ['Repair-MocLogin を試しましたが変化はありません。', ['repair-moclogin'], undefined],
  ['Get-AksHciCredential -name osaka を実行したが、効果なし', ['get-akshcicredential'], 'osaka'],
])('a command without effect is read from a person’s words: %s', (text, [cmdlet, ...parameters], cluster) => {
  const value = { cmdlet, parameters, ...(cluster !== undefined && { cluster }) };
  expect(read(text).tried).toEqual([{ value, line: 1 }]);
});

test.each([
  ['Repair-Moc worked, but Repair-MocLogin had no effect', ['repair-moclogin']],
  ['Repair-Moc fixed it. Repair-MocLogin had no effect', ['repair-moclogin']],
  ['Repair-MocLogin is not needed; I ran Repair-Moc and it had no effect', ['repair-moc']],
  ['I ran Repair-Moc and Repair-MocLogin, no effect', ['repair-moc', 'repair-moclogin']],
])('only the last command, and those that “and” joins to it, had no effect: %s', (text, cmdlets) => {
  expect(read(text).tried.map(({ value }) => value.cmdlet)).toEqual(cmdlets);
});

test.each([
  'Repair-Moc: no effect yet',
  'If Repair-Moc has no effect, call support',
  'I will run Repair-Moc',
  'Repair-Moc worked',
])('a command that was not run, or that helped, does not count as tried: %s', (text) => {
  expect(read(text).tried).toEqual([]);
});

test.each([
  ['mocctl works again', 'mocctl', 'works'],
  ['kvactl still fails', 'kvactl', 'fails'],
  ['The API server does not answer', 'workload-api-server', 'fails'],
  ['kubectl exec does not work', 'logs-and-exec', 'fails'],
  ['mocctl は再び使えます', 'mocctl', 'works'],
  ['kubectl は使えません', 'workload-api-server', 'fails'],
] as const)('what works and what fails is read from a person’s words: %s', (text, layer, value) => {
  expect(read(text).found).toEqual({ [layer]: { value, line: 1 } });
});

test.each([
  'mocctl works on node 1 only',
  'mocctl works only sometimes',
  'If mocctl works, we continue',
  'after a restart mocctl works',
  'kubectl works on the old cluster',
])('a statement that a layer works only in part, or in some cases, states nothing: %s', (text) => {
  expect(read(text).found).toEqual({});
});

test('each clause may state what works', () => {
  const found = { mocctl: { value: 'works', line: 1 }, kvactl: { value: 'fails', line: 1 } };
  expect(read('mocctl works and kvactl fails').found).toEqual(found);
  expect(read('mocctl は動きますが、kvactl は失敗します').found).toEqual(found);
});

test.each([
  ['We will restart the hosts tonight.', true],
  ['reboot scheduled for Sunday', true],
  ['今夜再起動します', true],
  ['週末に再起動する予定です', true],
  ['Should we reboot the hosts tonight?', true],
  ['ホストを再起動してもいいですか', true],
  ['We have not restarted yet', false],
  ['no reboot planned', false],
  ['We will not reboot', false],
  ['再起動は予定していません', false],
  ['まだ再起動していません', false],
])('a planned restart is read from a person’s words, but not its denial: %s', (text, isPlanned) => {
  expect(read(text).restart !== undefined).toBe(isPlanned);
});

describe('a log', () => {
  const LOGS = [...Object.values(INNOCENT), ...TRANSCRIPTS.map(({ text }) => text)];

  test.each(LOGS)('states no fact: %#', (text) => {
    expect(readFacts(text)).toEqual([]);
  });

  test.each([
    '2026-11-24T09:12:10Z cluster was off for 40 days, reboot planned',
    'Nov 24 06:14:02 node7 updater[9]: not updated for 80 days',
    '{"msg":"cluster was off for 40 days"}',
    'WARNING: The cluster was off for 40 days',
    'PS C:\\> echo "mocctl works"',
    'I1124 09:12:44.120934 1 main.go:9] mocctl works',
  ])('states no fact in a line with a time, level, prompt or JSON: %s', (text) => {
    expect(readFacts(text)).toEqual([]);
  });
});

test('no text makes the reader throw', () => {
  const words = fc.constantFrom(
    'off',
    'since',
    '3 November',
    '99月99日',
    '停止',
    'for',
    '40 days',
    'not',
    'Repair-Moc',
    'no effect',
    '0000-00-00',
    '\u0000',
    '予定',
    '再起動',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(words, fc.string({ unit: 'grapheme' }))), (parts) => {
      for (const { value } of [read(parts.join(' ')).offHours, read(parts.join('\n')).offHours].filter(
        (fact) => fact !== undefined,
      ))
        expect(value).toBeGreaterThanOrEqual(0);
    }),
  );
});
