import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { RoleId } from '../../../../core/knowledge/model/credentials/credentials.ts';
import type { ClusterId, CredentialId } from '../../../../core/shared/ids.ts';
import { DAY_MS, HOUR_MS, instantFromMs, epochMs } from '../../../../core/shared/instant.ts';
import type { Problem, Result } from '../../../../core/shared/problem.ts';
import type { KnownCertificate } from '../../../../core/revocation/model/inventory-index.ts';
import type {
  ClusterImpact,
  DryRun,
  FutureRow,
  Guard,
  MatchPage,
  MatchRow,
  RevocationFuture,
  RevocationImpact,
  RevocationJudgement,
} from '../../../../core/revocation/model/view.ts';
import { translator, type Language } from '../../../../core/shared/text/text.ts';
import { judgeText } from '../../../../core/revocation/evaluate.ts';
import type { Api } from '../../../../renderer/parts/window/api.ts';
import { impactAnswer } from '../../../../core/revocation/text/impact-text.ts';
import { commandText } from '../../../../core/plan/model/plan.ts';
import { futureHours } from '../../../../renderer/revocation/impact/impact.svelte.ts';
import { blastPicture, MOST_CELLS } from '../../../../renderer/revocation/impact/picture.ts';
import { aKnown, NOW } from '../../../support/known-certificates.ts';
import { openConsole, PROBLEM } from '../../../support/console.ts';

const ARTICLE = readFileSync(join(import.meta.dirname, '../../../fixtures/revocation/article.yaml'), 'utf8');
const KUBECONFIG = 'C:\\Users\\admin\\.kube\\config';

/** Returns the certificates of a cluster with one control-plane node and two workers. */
function aCluster(name: string): KnownCertificate[] {
  const makeKnown = (role: RoleId, changes: Partial<KnownCertificate>): KnownCertificate =>
    aKnown({ clusterId: name as ClusterId, cluster: name, role, ...changes });
  return [
    makeKnown('apiserver', { name: 'kube-apiserver', dns: ['kubernetes.default.svc.cluster.local'] }),
    makeKnown('scheduler', {}),
    ...[`${name}-control-plane-0`, `${name}-md-0`, `${name}-md-1`].map((node) =>
      makeKnown('kubelet-client', { name: `system:node:${node}`, groups: ['system:nodes'] }),
    ),
  ];
}

const own = (name: string): KnownCertificate =>
  aKnown({
    clusterId: name as ClusterId,
    cluster: name,
    role: 'kubeconfig-client',
    layer: 'workstation',
    name: `${name}-admin`,
    paths: [KUBECONFIG],
    groups: ['system:masters'],
    notAfterMs: epochMs(NOW) + 300 * DAY_MS,
  });

const CERTIFICATES = [...aCluster('retail'), own('retail'), ...aCluster('finance')];

function manifest(...entries: string[]): string {
  return [
    'apiVersion: certificates.microsoft.com/v1',
    'kind: RenewRevocation',
    'metadata:',
    '  name: lost',
    '  namespace: kube-system',
    'spec:',
    '  revocations:',
    ...entries.map((entry) => `  - ${entry}`),
    '',
  ].join('\n');
}
const APISERVERS = '{kind: DNS, dns: .cluster.local, notBefore: "2026-11-25T12:00:00Z"}';
const NODES = '{kind: Group, group: "system:nodes", notBefore: "2026-11-25T12:00:00Z"}';
const ADMINS = '{kind: Group, group: "system:masters", notBefore: "2026-11-25T12:00:00Z"}';

function judge(text: string, certificates = CERTIFICATES): RevocationJudgement {
  const context = {
    clusters: [],
    certificates,
    now: NOW,
    serialSpelling: 'serialnumber',
    ownKubeconfig: KUBECONFIG,
  } as const;
  return judgeText(text, context).judgement;
}

const answerTo = (text: string, certificates?: KnownCertificate[], language: Language = 'en') =>
  impactAnswer(judge(text, certificates), translator(language));

describe('the answer', () => {
  test.each([
    [
      'API servers',
      APISERVERS,
      'retail would lose all its API servers, and so would 1 other cluster.',
      'All 2 known API server certificates would be refused at their next renewal.',
    ],
    [
      'kubelets',
      NODES,
      'retail would lose all its kubelets, and with them every node, and so would 1 other cluster.',
      'All 6 known kubelet certificates would be refused at their next renewal.',
    ],
    [
      'admins',
      ADMINS,
      'No known credential of an administrator would be left for retail.',
      'The only known admin certificate would be revoked: your own kubeconfig. Nothing renews such certificates, so the cluster may accept them until they expire.',
    ],
  ])('names a cluster that would lose its %s, and counts their certificates', (_who, entry, sentence, count) => {
    const answer = answerTo(manifest(entry));
    expect(answer.sentence).toBe(sentence);
    expect(answer.more[0]).toBe(count);
  });

  test('begins with how long the cluster may accept certificates that nothing renews, and has it later for others', () => {
    const until = instantFromMs(epochMs(NOW) + 300 * DAY_MS);
    const answer = (language: Language, ...entries: string[]) =>
      impactAnswer(judge(manifest(...entries)), translator(language), (at) => at);
    const { sentence, more } = answer('en', ADMINS);
    expect(sentence).toBe(`retail may accept the certificate until ${until}.`);
    expect(more[0]).toBe('No known credential of an administrator would be left for retail.');
    expect(answer('ja', ADMINS).sentence).toBe(`retail は、この証明書を ${until} まで受け入れる可能性があります。`);
    const servers = answer('en', APISERVERS);
    expect(servers.sentence).toMatch(/would lose all its API servers/u);
    expect(servers.more.at(-1)).toMatch(/^The clusters may accept the certificates until /u);
  });

  test('counts the revoked certificates if nothing stops working', () => {
    const none = manifest('{kind: IP, ip: 192.0.2.1, notBefore: "2026-11-25T12:00:00Z"}');
    expect(answerTo(none).sentence).toBe('None of the 11 known certificates would be revoked.');
    const scheduler = CERTIFICATES.find(({ role }) => role === 'scheduler')?.serialHex ?? '';
    expect(answerTo(manifest(`{kind: serialnumber, serialNumber: "${scheduler}"}`)).sentence).toMatch(/^1 of /u);
  });

  test.each([
    [3, 3, 'en', 'All 3 other certificates would be refused at their next renewal.'],
    [1, 1, 'en', 'The only other certificate would be refused at its next renewal.'],
    [2, 3, 'en', '2 of 3 other certificates would be refused at their next renewal.'],
    [3, 3, 'ja', 'その他の証明書 3 件すべてが、次の更新で拒否されます。'],
    [1, 1, 'ja', 'その他の証明書 1 件が、次の更新で拒否されます。'],
    [2, 3, 'ja', 'その他の証明書 3 件のうち 2 件が、次の更新で拒否されます。'],
  ] as const)(
    'counts %i of %i certificates without a role in the platform (%s)',
    (matched, known, language, sentence) => {
      const others = Array.from({ length: known }, (_, at) =>
        aKnown({ role: 'unknown', groups: at < matched ? ['partners'] : [] }),
      );
      const partners = '{kind: Group, group: partners, notBefore: "2026-11-25T12:00:00Z"}';
      const answer = answerTo(manifest(partners), others, language);
      expect([answer.sentence, ...answer.more]).toContain(sentence);
    },
  );

  test('names the API servers first, together with the admin’s own kubeconfig', () => {
    const { sentence, more, gravity } = answerTo(manifest(NODES, ADMINS, APISERVERS));
    expect(sentence).toBe('retail would lose all its API servers, and so would 1 other cluster.');
    expect(more).toEqual([
      'All 2 known API server certificates would be refused at their next renewal; your own kubeconfig would be revoked with them.',
      'In total, 9 of 11 known certificates would be revoked, in 2 of 2 clusters.',
    ]);
    expect(gravity).toBe('danger');
  });

  test('names the management cluster before any other', () => {
    const all = [...CERTIFICATES, ...aCluster('clustergroup-management')];
    expect(answerTo(manifest(APISERVERS), all).sentence).toBe(
      'The management cluster “clustergroup-management” would lose all its API servers, and so would 2 other clusters.',
    );
    expect(answerTo(manifest(NODES, APISERVERS), all, 'ja').sentence).toBe(
      '管理クラスター「clustergroup-management」の API サーバーがすべて使えなくなります。ほかの 2 個のクラスターも同様です。',
    );
  });

  test('counts the rejected certificates among all certificates of their kind', () => {
    const one = CERTIFICATES.find(({ role }) => role === 'apiserver');
    const serial = `{kind: serialnumber, serialNumber: "${one?.serialHex ?? ''}"}`;
    const { sentence, more } = answerTo(manifest(serial));
    expect(sentence).toBe('retail would lose all its API servers.');
    expect(more[0]).toBe('1 of 2 API server certificates would be refused at its next renewal.');
  });

  test('states that no repair lasts, how many certificates have expired, and that the kubeconfig in use is unknown', () => {
    const others = CERTIFICATES.filter(({ layer }) => layer !== 'workstation');
    const ended = aKnown({ groups: ['system:nodes'], notAfterMs: epochMs(NOW) - DAY_MS });
    const { more } = answerTo(manifest('{kind: Group, group: "system:nodes"}'), [...others, ended]);
    expect(more[0]).toBe('The certificates that a repair creates would be revoked, too, so no repair would last.');
    expect(more).toContain('1 of them has already expired.');
    expect(more.at(-1)).toMatch(/^It is unknown whether your own kubeconfig is revoked/u);
  });

  test('states if no certificate is known or no entry can be read', () => {
    const unknown = answerTo(ARTICLE, []);
    expect(unknown.sentence).toMatch(/^A cluster would lose all its API servers: the entries match/u);
    expect(unknown.more.at(-1)).toMatch(/^No certificate is known/u);
    expect(answerTo(manifest('{kind: Group, group: ops}'), []).sentence).toMatch(/^No certificate is known/u);
    expect(answerTo(manifest('{kind: DNS}')).sentence).toMatch(/^Nothing would be revoked/u);
    expect(answerTo('').gravity).toBe('none');
  });

  test('states the answer in Japanese if that is the chosen language', () => {
    const { sentence, more } = answerTo(manifest(APISERVERS, ADMINS), CERTIFICATES, 'ja');
    expect(sentence).toBe('retail の API サーバーがすべて使えなくなります。ほかの 1 個のクラスターも同様です。');
    expect(more[0]).toBe(
      '既知の API サーバー証明書 2 件すべてが、次の更新で拒否されます。使用中の kubeconfig も失効します。',
    );
  });
});

function anImpact(name: string, matched: number, known: number): ClusterImpact {
  const share = { matched, known };
  const none = { matched: 0, known: 0 };
  return {
    clusterId: name as ClusterId,
    cluster: name,
    byRole: [],
    shares: { total: share, controlPlane: share, workers: none, admins: none, others: none, inUse: none },
  };
}

function impactWith(clusters: readonly ClusterImpact[]): RevocationImpact {
  const sum = (of: (cluster: ClusterImpact) => number): number =>
    clusters.reduce((total, cluster) => total + of(cluster), 0);
  const matched = sum(({ shares }) => shares.total.matched);
  const known = sum(({ shares }) => shares.total.known);
  return { matched, stillValid: matched, known, clusters, exposure: [] };
}

const NO_GUARD: Guard = { consequences: [] };
const WHOLE = { most: 1_000, showsUntouched: true };

describe('the picture', () => {
  test('lists the cluster with the most matches first, and counts the unaffected clusters', () => {
    const clusters = [anImpact('a', 0, 9), anImpact('b', 3, 9), anImpact('c', 8, 9)];
    const short = blastPicture(impactWith(clusters), NO_GUARD, { most: 1, showsUntouched: false });
    expect(short.rows.map(({ cluster }) => cluster)).toEqual(['c']);
    expect(short).toMatchObject({ hidden: 1, untouched: 1 });
    expect(short.all?.total).toEqual({ matched: 11, known: 27 });
    const whole = blastPicture(impactWith(clusters), NO_GUARD, WHOLE);
    expect(whole.rows.map(({ cluster }) => cluster)).toEqual(['c', 'b', 'a']);
    expect(whole.hidden).toBe(0);
  });

  test('shows no total for a single cluster', () => {
    expect(blastPicture(impactWith([anImpact('a', 1, 2)]), NO_GUARD, WHOLE).all).toBeUndefined();
  });

  test.each([
    [MOST_CELLS - 1, true],
    [MOST_CELLS, true],
    [MOST_CELLS + 1, false],
  ])('draws %i certificates individually: %s', (known, counted) => {
    const impact = impactWith([anImpact('a', 1, 2), anImpact('b', 1, known)]);
    expect(blastPicture(impact, NO_GUARD, WHOLE).counted.has('controlPlane')).toBe(counted);
  });

  test('marks each danger at its position, and the credential in use', () => {
    const { impact, guard } = judge(manifest(APISERVERS, ADMINS));
    const { rows, groups } = blastPicture(impact, guard, WHOLE);
    const dangers = rows.map(({ cluster, cells, own: mark }) => ({
      cluster,
      mark,
      marked: cells.flatMap(({ group, danger }) => (danger === undefined ? [] : [group, danger])),
    }));
    expect(dangers).toEqual([
      { cluster: 'retail', mark: 'matched', marked: ['controlPlane', 'all-api-servers', 'admins', 'last-admin'] },
      { cluster: 'finance', mark: undefined, marked: ['controlPlane', 'all-api-servers'] },
    ]);
    expect(groups).toEqual(['controlPlane', 'workers', 'admins']);
  });

  test('shows the kubelets of a cluster without workers on its control plane', () => {
    const alone = aCluster('one').filter(({ name }) => !name.includes('-md-'));
    const { impact, guard } = judge(manifest(NODES), alone);
    const [row] = blastPicture(impact, guard, WHOLE).rows;
    const cell = row?.cells.find(({ group }) => group === 'controlPlane');
    expect(cell?.danger).toBe('all-kubelets');
  });

  test('counts every cluster and every certificate, even if only a few clusters are shown', () => {
    const clusters = fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(clusters, fc.nat(20), fc.boolean(), (pairs, most, showsUntouched) => {
        const all = pairs.map(([matched, kept], at) => anImpact(`c${at}`, matched, matched + kept));
        const impact = impactWith(all);
        const picture = blastPicture(impact, NO_GUARD, { most, showsUntouched });
        const shown = picture.rows.length + picture.hidden;
        expect(shown + (showsUntouched ? 0 : picture.untouched)).toBe(all.length);
        const total = picture.all?.total ?? all[0]?.shares.total;
        expect(total).toEqual({ matched: impact.matched, known: impact.known });
        const matches = picture.rows.map((row) => row.total.matched);
        expect(matches).toEqual([...matches].sort((one, other) => other - one));
      }),
    );
  });
});

type Revocation = Api['revocation'];
const ok = <T>(value: T): Promise<Result<T>> => Promise.resolve({ ok: true, value });
const fail = (problem: Problem): Promise<Result<never>> => Promise.resolve({ ok: false, problem });

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});
const settle = () => vi.advanceTimersByTimeAsync(1_000);

function aDryRun(clusterId: ClusterId): DryRun {
  return { clusterId, from: NOW, until: NOW, revoked: [], hours: [], apiServer: true, assumed: [] };
}

/**
 * Opens a console with one document. Judgements are real; the test supplies results that would take long or need many
 * certificates.
 */
async function openDocument(text: string, other: Partial<Revocation> = {}) {
  const console = await openConsole({
    overrides: {
      revocation: {
        judge: (request) => ok(judge(request.text)),
        matches: (request) => ok(makePage(request, 3)),
        foresee: () => ok({ rows: [], total: 0, byEntry: [] }),
        performDryRun: (request) => ok(aDryRun(request.clusterId)),
        ...other,
      },
    },
  });
  console.clockMs = epochMs(NOW);
  const created = await console.api.revocation.create({ text });
  if (!created.ok) throw new Error(created.problem.code);
  const state = console.openWindow();
  await state.settings.load();
  await state.revocation.load();
  await state.revocation.open(created.value.id);
  await settle();
  const asked = {
    get matches() {
      return console.calls('revocation', 'matches');
    },
    get foresee() {
      return console.calls('revocation', 'foresee').map((request) => request.text);
    },
    get performDryRun() {
      return console.calls('revocation', 'performDryRun');
    },
  };
  return { state, work: state.revocation, impact: state.revocationImpact, asked };
}

function makePage({ offset, limit }: { offset: number; limit: number }, total: number): MatchPage {
  const count = Math.max(0, Math.min(limit, total - offset));
  return { total, rows: Array.from({ length: count }, (_, at) => aMatch(offset + at)) };
}

function aMatch(index: number): MatchRow {
  return {
    clusterId: 'retail' as ClusterId,
    id: `${index}` as CredentialId,
    cluster: 'retail',
    name: `node ${index}`,
    role: 'kubelet-client',
    group: 'workers',
    why: 'group system:nodes',
    objectIndex: 0,
    entryIndex: 0,
    notBefore: NOW,
    notAfter: NOW,
  };
}

describe('text that cannot be parsed', () => {
  const WHOLE = manifest(NODES);
  const BROKEN = `${WHOLE}  - group: "x`;

  test('keeps the judgement of the last text that could be parsed, and marks it as old', async () => {
    const { work, impact } = await openDocument(WHOLE);
    const { picture, entries, exposureMs } = impact;
    expect([impact.isUnread, impact.isKept]).toEqual([false, false]);
    work.type(BROKEN);
    await settle();
    expect(work.judgement?.objects).toEqual([]);
    expect([impact.isUnread, impact.isKept, impact.isOld]).toEqual([true, true, true]);
    expect([impact.picture, impact.entries]).toEqual([picture, entries]);
    expect(impact.exposureMs).toBe(exposureMs);
    expect(impact.answer?.gravity).toBe('unknown');
    expect(impact.answer?.sentence).toContain('cannot be read');
    expect(impact.answer?.more).toHaveLength(1);
  });

  test('does not save, send or test text that cannot be parsed, and shows no recovery command', async () => {
    const { work, impact, asked } = await openDocument(WHOLE);
    expect(work.judgement?.isSound).toBe(true);
    work.saving.understood = work.judgement?.guard.phrase ?? '';
    expect(work.saving.ready).toBe(true);
    work.type(BROKEN);
    await settle();
    expect(work.saving.ready).toBe(false);
    expect(impact.dryRuns.canRun).toBe(false);
    expect(impact.hasEntries).toBe(false);
    expect(impact.planAnswer).toContain('cannot be read');
    const before = asked.foresee.length;
    await impact.keepForesight(work);
    await impact.foresee();
    expect(asked.foresee).toHaveLength(before);
  });

  test('lists the certificates for the text whose judgement is shown', async () => {
    const { work, impact, asked } = await openDocument(WHOLE);
    work.type(BROKEN);
    await settle();
    impact.matches.open({ list: 'matches' });
    await settle();
    impact.matches.keepUp(work);
    await settle();
    expect(asked.matches.map(({ text }) => text)).toEqual([WHOLE]);
  });

  test('judges the next text immediately if it can be parsed', async () => {
    const { work, impact } = await openDocument(WHOLE);
    work.type(BROKEN);
    await settle();
    work.type(manifest('{kind: DNS, dns: nowhere.example}'));
    await settle();
    expect([impact.isUnread, impact.isKept]).toEqual([false, false]);
    expect(impact.shown).toBe(work.judgement);
    expect(impact.entries).toHaveLength(1);
  });

  test('shows nothing for text that could never be parsed, not even results of another document', async () => {
    const { work, impact } = await openDocument(WHOLE);
    await work.paste(BROKEN);
    await settle();
    expect([impact.isUnread, impact.isKept]).toEqual([true, false]);
    expect(impact.answer?.more).toEqual([]);
    expect(impact.entries).toEqual([]);
  });
});

describe('a list of certificates', () => {
  test('requests only the pages of the list in view', async () => {
    const { impact, asked } = await openDocument(manifest(NODES), {
      matches: (request) => ok(makePage(request, 100_000)),
    });
    const { matches } = impact;
    matches.list.showWindow(0, 20);
    matches.open({ list: 'matches', entry: { objectIndex: 0, entryIndex: 0 } });
    await settle();
    expect(matches.list.total).toBe(100_000);
    expect(matches.view).toHaveLength(20);
    matches.list.showWindow(50_190, 20);
    expect(matches.view.every(({ row }) => row === undefined)).toBe(true);
    await settle();
    expect(matches.view.map(({ row }) => row?.name)).toEqual(
      Array.from({ length: 20 }, (_, at) => `node ${50_190 + at}`),
    );
    expect(asked.matches.map(({ offset }) => offset)).toEqual([0, 50_000, 50_200]);
  });

  test('requests only the certificates of the entry for which it was opened', async () => {
    const { impact, asked } = await openDocument(manifest(NODES));
    const [entry] = impact.entries;
    if (entry === undefined) throw new Error('no entry');
    impact.matches.open({ list: 'exempt', entry });
    expect(asked.matches).toEqual([
      { text: manifest(NODES), list: 'exempt', objectIndex: 0, entryIndex: 0, query: '', offset: 0, limit: 200 },
    ]);
  });

  test('filters the list by words and by cluster, and drops a late answer', async () => {
    const answers: ((page: MatchPage) => void)[] = [];
    const { impact, asked } = await openDocument(manifest(NODES), {
      matches: () => new Promise((resolve) => answers.push((value) => resolve({ ok: true, value }))),
    });
    const { matches } = impact;
    matches.list.showWindow(0, 20);
    matches.open({ list: 'possible' });
    matches.search('md');
    matches.chooseCluster('retail' as ClusterId);
    expect(asked.matches.at(-1)).toMatchObject({ query: 'md', clusterId: 'retail', offset: 0 });
    answers[2]?.({ total: 1, rows: [aMatch(1)] });
    await settle();
    answers[0]?.({ total: 9, rows: [] });
    answers[1]?.({ total: 5, rows: [] });
    await settle();
    expect(matches.list.total).toBe(1);
    matches.chooseCluster(undefined);
    expect(asked.matches.at(-1)?.clusterId).toBeUndefined();
  });

  test('moves through the list with the keyboard', async () => {
    const { impact } = await openDocument(manifest(NODES), { matches: (request) => ok(makePage(request, 30)) });
    const { matches } = impact;
    matches.open({ list: 'matches' });
    await settle();
    for (const [key, selected] of [
      ['ArrowDown', 0],
      ['ArrowDown', 1],
      ['ArrowUp', 0],
      ['ArrowUp', 0],
      ['PageDown', 10],
      ['End', 29],
      ['ArrowDown', 29],
      ['PageUp', 19],
      ['Home', 0],
    ] as const) {
      expect(matches.moveBy(key, 10)).toBe(true);
      expect(matches.selected).toBe(selected);
    }
    expect(matches.moveBy('x', 10)).toBe(false);
    expect(matches.list.rowAt(29)?.name).toBe('node 29');
  });

  test('requests the list again after a changed text has been judged, not during typing', async () => {
    const { impact, work, asked } = await openDocument(manifest(NODES));
    impact.matches.open({ list: 'matches' });
    await settle();
    work.type(manifest(NODES, ADMINS));
    impact.matches.keepUp(work);
    expect(asked.matches).toHaveLength(1);
    await settle();
    impact.matches.keepUp(work);
    impact.matches.keepUp(work);
    expect(asked.matches.map(({ text }) => text)).toEqual([manifest(NODES), work.text]);
  });

  test('reports a failed request without affecting the rest of the screen', async () => {
    const { impact, state } = await openDocument(manifest(NODES), { matches: () => fail(PROBLEM) });
    impact.matches.open({ list: 'exempt' });
    await settle();
    expect(state.notices.list.at(-1)?.problem).toEqual(PROBLEM);
    expect(impact.matches.list.waiting.working).toBe(false);
    impact.matches.close();
    expect(impact.matches.question).toBeUndefined();
  });
});

describe('the entries', () => {
  test('shows how many certificates each entry matches, and future ones once there is a forecast', async () => {
    const future: RevocationFuture = { rows: [], total: 4, byEntry: [{ objectIndex: 0, entryIndex: 1, count: 4 }] };
    const { impact, work } = await openDocument(manifest(NODES, APISERVERS, '{kind: DNS}'), {
      foresee: () => ok(future),
    });
    expect(impact.entries.map(({ counts, isRead }) => [counts.matches, isRead])).toEqual([
      [6, true],
      [2, true],
      [0, false],
    ]);
    expect(impact.entries[0]?.future).toBeUndefined();
    await impact.keepForesight(work);
    expect(impact.entries.map((entry) => entry.future)).toEqual([0, 4, 0]);
    expect(impact.entries[1]?.text).toMatch(/^2\. DNS \.cluster\.local, issued before 25 Nov 2026/u);
    expect(impact.entries[2]?.text).toBe('3. cannot be read');
  });

  test('lists entries below the names of their objects if there are several objects', async () => {
    const { impact } = await openDocument(`${manifest(NODES)}---\n${manifest(ADMINS, APISERVERS)}`);
    expect(impact.entries.map(({ object }) => object)).toEqual(['lost', 'lost', undefined]);
  });

  test('shows entries in portions if there are many', async () => {
    const { impact } = await openDocument(manifest(...Array.from({ length: 300 }, () => NODES)));
    expect(impact.entries).toHaveLength(50);
    expect(impact.moreEntries).toBe(200);
    impact.showMore('entries');
    expect(impact.entries).toHaveLength(250);
    expect(impact.moreEntries).toBe(50);
  });
});

describe('the forecast', () => {
  test('is computed once per text and marked as outdated after a change', async () => {
    const { impact, work, asked } = await openDocument(manifest(NODES));
    await impact.keepForesight(work);
    await impact.keepForesight(work);
    expect(asked.foresee).toEqual([manifest(NODES)]);
    expect(impact.isFutureOld).toBe(false);
    work.type(manifest(ADMINS));
    expect(impact.isFutureOld).toBe(true);
    await impact.keepForesight(work);
    expect(asked.foresee).toHaveLength(1);
    await settle();
    await impact.keepForesight(work);
    expect(asked.foresee.at(-1)).toBe(manifest(ADMINS));
    expect(impact.isFutureOld).toBe(false);
  });

  test('makes one forecast at a time, shows progress after a moment, and does not retry after a failure', async () => {
    let answer: (result: Result<never>) => void = () => undefined;
    const { impact, work, state, asked } = await openDocument(manifest(NODES), {
      foresee: () => new Promise((resolve) => (answer = resolve)),
    });
    const going = impact.keepForesight(work);
    expect(impact.foreseeing.visible).toBe(false);
    await vi.advanceTimersByTimeAsync(300);
    expect(impact.foreseeing.visible).toBe(true);
    await impact.keepForesight(work);
    answer({ ok: false, problem: PROBLEM });
    await going;
    expect(impact.foreseeing.working).toBe(false);
    expect(state.notices.list.at(-1)?.problem).toEqual(PROBLEM);
    await impact.keepForesight(work);
    expect(asked.foresee).toHaveLength(1);
    expect(impact.future).toBeUndefined();
  });

  test('makes no forecast for text that revokes nothing', async () => {
    const { impact, work, asked } = await openDocument(manifest('{kind: DNS}'));
    await impact.keepForesight(work);
    expect(asked.foresee).toEqual([]);
  });

  test('groups a forecast by hour, cluster and role', () => {
    const row = (minutes: number, cluster: string, role: RoleId, name: string): FutureRow => ({
      clusterId: cluster as ClusterId,
      id: name as CredentialId,
      cluster,
      name,
      role,
      at: instantFromMs(epochMs(NOW) + minutes * 60_000),
      entries: [],
    });
    const hours = futureHours(
      [
        row(0, 'retail', 'apiserver', 'one'),
        row(59, 'retail', 'kubelet-client', 'two'),
        row(59, 'retail', 'kubelet-client', 'two'),
        row(59, 'finance', 'kubelet-client', 'three'),
        row(60, 'retail', 'apiserver', 'four'),
      ],
      (role) => role,
    );
    expect(hours).toEqual([
      {
        atMs: epochMs(NOW),
        clusters: [
          {
            cluster: 'retail',
            roles: [
              { role: 'apiserver', count: 1, names: ['one'] },
              { role: 'kubelet-client', count: 2, names: ['two'] },
            ],
          },
          { cluster: 'finance', roles: [{ role: 'kubelet-client', count: 1, names: ['three'] }] },
        ],
      },
      {
        atMs: epochMs(NOW) + HOUR_MS,
        clusters: [{ cluster: 'retail', roles: [{ role: 'apiserver', count: 1, names: ['four'] }] }],
      },
    ]);
  });
});

describe('exposure', () => {
  test('ends as soon as the last matched certificate has expired', async () => {
    const { impact, state } = await openDocument(manifest(NODES));
    const until = epochMs(NOW) + 3 * DAY_MS;
    expect(impact.exposureMs).toBe(until);
    expect(impact.exposureLeftMs).toBe(3 * DAY_MS);
    state.now.current = until;
    expect(impact.exposureMs).toBe(until);
    state.now.current = until + 1_000;
    expect(impact.exposureMs).toBeUndefined();
    expect(impact.exposureLeftMs).toBeUndefined();
  });
});

describe('the recovery plan', () => {
  test('lists every step of the recovery, and copies them as PowerShell with the steps as comments', async () => {
    const { impact, work } = await openDocument(manifest(NODES));
    expect(impact.planAnswer).toMatch(/^Apply, check, repair, check again: 8 steps/u);
    const lines = impact.commands.split('\n');
    const { steps = [] } = work.judgement?.plan ?? {};
    const commands = [...steps.map(({ command }) => command), ...steps.map(({ undo }) => undo?.command)];
    expect(lines.filter((line) => line !== '' && !line.startsWith('#'))).toEqual(
      commands.flatMap((command) => (command === undefined ? [] : commandText(command))),
    );
    expect(lines.at(-1)).toMatch(/^kubectl delete -f /u);
    expect(lines[0]).toMatch(/^# 1\. /u);
    expect(work.judgement?.undo).toContain('name: lost');
  });

  test('begins with a correction of the manifest if no repair lasts, and offers fixes', async () => {
    const { impact } = await openDocument(ARTICLE);
    expect(impact.planAnswer).toBe('Correct the manifest first: with these entries, no repair lasts.');
    expect(impact.unrepairable).toHaveLength(4);
    expect(impact.unrepairable.every(({ fixes }) => fixes.length > 0)).toBe(true);
  });

  test('does not exist if no entry can be read', async () => {
    const { impact } = await openDocument(manifest('{kind: DNS}'));
    expect(impact.planAnswer).toBe('There is no plan yet: no entry can be read.');
  });
});

describe('the form of a dry run', () => {
  test('lists the clusters with the most matches first, and accepts whole hours up to a limit', async () => {
    const { impact, asked } = await openDocument(manifest(ADMINS));
    const { dryRuns } = impact;
    expect(dryRuns.places.map(({ name, isTouched }) => [name, isTouched])).toEqual([
      ['retail', true],
      ['finance', false],
    ]);
    for (const [text, hours] of [
      ['0', undefined],
      ['1', 1],
      ['2400', 2_400],
      ['2401', undefined],
      ['1.5', undefined],
      ['', undefined],
    ] as const) {
      dryRuns.hoursText = text;
      expect(dryRuns.hours).toBe(hours);
      expect(dryRuns.canRun).toBe(hours !== undefined);
    }
    await dryRuns.run();
    expect(asked.performDryRun).toEqual([]);
    dryRuns.hoursText = ' 48 ';
    dryRuns.choose('finance');
    dryRuns.withoutRepair = true;
    await dryRuns.run();
    expect(asked.performDryRun).toEqual([
      { text: manifest(ADMINS), clusterId: 'finance', hours: 48, withoutRepair: true },
    ]);
    expect(dryRuns.dryRun?.clusterId).toBe('finance');
  });

  test('disables the dry run until the text is free of errors and judged, and marks the previous one as old', async () => {
    const { impact, work } = await openDocument(manifest(NODES));
    const { dryRuns } = impact;
    await dryRuns.run();
    expect(dryRuns.isOld).toBe(false);
    work.type(manifest('{kind: DNS}'));
    expect(dryRuns.isOld).toBe(true);
    expect(dryRuns.canRun).toBe(false);
    await settle();
    expect(dryRuns.canRun).toBe(false);
    expect(dryRuns.dryRun).toBeDefined();
  });

  test('states why the dry run failed', async () => {
    const { impact } = await openDocument(manifest(NODES), { performDryRun: () => fail(PROBLEM) });
    await impact.dryRuns.run();
    expect(impact.dryRuns.problem).toEqual(PROBLEM);
    expect(impact.dryRuns.dryRun).toBeUndefined();
  });
});
