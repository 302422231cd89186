import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandText } from '../../../core/plan/model/plan.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Cluster, Credential } from '../../../core/inventory/model/credential.ts';
import { DAY_MS, instantFromMs, epochMs, SECOND_MS } from '../../../core/shared/instant.ts';
import { lintDraft } from '../../../core/revocation/model/lint.ts';
import { listKnownCertificates, type KnownCertificate } from '../../../core/revocation/model/inventory-index.ts';
import { revokes } from '../../support/naive-match.ts';
import { isUnderstood, type RevocationJudgement } from '../../../core/revocation/model/view.ts';
import { editRevocation } from '../../../core/revocation/manifest/editor.ts';
import { writeDraft } from '../../../core/revocation/manifest/writer.ts';
import { judgeText, type EvaluationContext } from '../../../core/revocation/evaluate.ts';
import { isInUse, KnownInventory } from '../../../core/revocation/kubeconfig.ts';
import { getConfirmation } from '../../../core/revocation/impact/confirmation.ts';
import { previewObjects } from '../../../core/revocation/impact/preview.ts';
import { aKnown, NOW } from '../../support/known-certificates.ts';
import { certificatesFor, randomObject } from '../../support/random-revocations.ts';
import { measureCost } from '../../support/cost.ts';
import { computeImpact, revocableCertificate } from '../../support/impact.ts';

const ARTICLE = readFileSync(join(import.meta.dirname, '../../fixtures/revocation/article.yaml'), 'utf8');

const BASE: EvaluationContext = { clusters: [], certificates: [], now: NOW, serialSpelling: 'serialnumber' };

function judge(text: string, change: Partial<EvaluationContext> = {}): RevocationJudgement {
  return judgeText(text, { ...BASE, ...change }).judgement;
}

const against = (...certificates: KnownCertificate[]): Partial<EvaluationContext> => ({ certificates });
const writeEntries = (...entries: Record<string, string>[]): string => writeDraft({ name: 'r', entries });
const MOMENT = instantFromMs(epochMs(NOW) - DAY_MS / 2);

describe('the article’s sample', () => {
  const listRules = ({ findings }: RevocationJudgement): string[] => findings.map(({ rule }) => rule);

  test('contains four entries without a cutoff, each an error whose risk can be accepted', () => {
    const { findings, objects, guard, isSound } = judge(ARTICLE);
    const dangers = findings.filter(({ rule }) => rule === 'revocation.no-not-before');
    expect(dangers.map(({ entryIndex, objectIndex }) => [objectIndex, entryIndex])).toEqual([
      [0, 1],
      [0, 2],
      [0, 3],
      [0, 4],
    ]);
    expect(objects[0]?.entries.map(({ line }) => line)).toEqual([9, 13, 16, 19, 22]);
    expect(dangers.map(({ place }) => place.line)).toEqual([13, 16, 19, 22]);
    expect(isSound).toBe(true);
    expect(isUnderstood(guard, undefined)).toBe(false);
    expect(guard.phrase).toContain('future certificates');
  });

  test('is corrected by one click per entry, after which fewer consequences must be confirmed', () => {
    let text = ARTICLE;
    for (let clicks = 0; clicks < 4; clicks += 1) {
      const [danger] = judge(text).findings.filter(({ rule }) => rule === 'revocation.no-not-before');
      const [fix] = danger?.fixes ?? [];
      if (danger === undefined || fix === undefined) throw new Error(`after ${clicks} clicks`);
      text = editRevocation(text, danger.objectIndex ?? -1, fix) ?? '';
    }
    const { guard, isSound, plan } = judge(text);
    expect(listRules(judge(text))).not.toContain('revocation.no-not-before');
    expect(guard.phrase).not.toContain('future certificates');
    expect(isSound).toBe(true);
    expect(plan.steps.map(({ id }) => id)).not.toContain('mend');
    expect(judge(ARTICLE).plan.steps.map(({ id }) => id)).toContain('mend');
  });
});

describe('a revocation text', () => {
  test('with several objects is judged as a whole, and each finding belongs to its object', () => {
    const text = `${writeEntries({ kind: 'Group', group: 'ops' })}---\n${writeEntries({ kind: 'IP', ip: 'x' })}`;
    const { objects, findings, isSound } = judge(text);
    expect(objects.map((object) => object.isSound)).toEqual([true, false]);
    expect(isSound).toBe(false);
    expect(findings.map(({ rule, objectIndex }) => [rule, objectIndex])).toEqual([
      ['revocation.no-not-before', 0],
      ['revocation.bad-ip', 1],
    ]);
    const lines = text.split('\n');
    expect(lines[(findings[1]?.place.line ?? 0) - 1]).toContain('ip: x');
  });

  test.each([
    ['that is empty', ''],
    ['without an object', 'kind: ConfigMap\n'],
    ['with an object without entries', writeEntries()],
    ['with an invalid entry', writeEntries({ kind: 'Group', group: 'a' }).concat('  - none\n')],
    ['followed by broken YAML', `${writeEntries({ kind: 'Group', group: 'a' })}---\na: [\n`],
    ['without a name', writeDraft({ entries: [{ kind: 'Group', group: 'a' }] })],
  ])('%s cannot be saved as a manifest', (_title, text) => {
    expect(judge(text).isSound).toBe(false);
  });

  test('has the same findings when its objects are judged one by one and together', () => {
    for (let seed = 1; seed <= 24; seed += 1) {
      const { clusters } = certificatesFor(seed % 4);
      const certificates = listKnownCertificates(clusters);
      const drafts = [seed, seed + 100, seed + 200].map((each) => {
        const { entries, ...object } = randomObject(each, clusters);
        const fields = { serialnumber: 'serialNumber', Group: 'group', DNS: 'dns', IP: 'ip' };
        return {
          ...object,
          entries: entries.map(({ kind, value, notBefore }) => ({
            kind,
            [fields[kind]]: value,
            ...(notBefore !== undefined && { notBefore }),
          })),
        };
      });
      const text = drafts.map(writeDraft).join('---\n');
      const { findings } = judge(text, { certificates });
      const apart = drafts.flatMap((draft, objectIndex) =>
        lintDraft(
          { apiVersion: 'certificates.microsoft.com/v1', kind: 'RenewRevocation', ...draft },
          { now: NOW, certificates },
        ).findings.map(({ rule, entryIndex, fixes }) => ({ rule, entryIndex, fixes, objectIndex })),
      );
      const sortAsJson = (all: readonly object[]): string[] => all.map((one) => JSON.stringify(one)).sort();
      const told = findings.map(({ rule, entryIndex, fixes, objectIndex }) => ({
        rule,
        entryIndex,
        fixes,
        objectIndex,
      }));
      expect(sortAsJson(told), `seed ${seed}`).toEqual(sortAsJson(apart));
    }
  });

  test('has a finding if the kind is not in the chosen spelling', () => {
    const text = writeEntries({ kind: 'SerialNumber', serialNumber: '0a' });
    const rules = (change: Partial<EvaluationContext>): string[] =>
      judge(text, change).findings.map(({ rule }) => rule);
    expect(rules({})).toContain('revocation.kind-spelling');
    expect(rules({ serialSpelling: 'SerialNumber' })).not.toContain('revocation.kind-spelling');
  });

  test('with very many faults has a finding for each of the worst ones, and one with the number of the others', () => {
    const notices = Array.from({ length: 600 }, () => ({ kind: 'IP', ip: '::1', notBefore: MOMENT }));
    const { findings } = judge(writeEntries(...notices, { kind: 'IP', ip: 'x' }));
    expect(findings).toHaveLength(501);
    expect(findings.filter(({ rule }) => rule === 'revocation.bad-ip')).toHaveLength(1);
    expect(findings.at(-1)).toMatchObject({ rule: 'file.more-findings', params: { count: 100 } });
  });
});

describe('the effect of a text', () => {
  test('is counted per entry, with the same result as an examination of each certificate', () => {
    let matched = 0;
    for (let seed = 1; seed <= 40; seed += 1) {
      const { clusters } = certificatesFor(seed % 4);
      const certificates = listKnownCertificates(clusters);
      const { entries } = randomObject(seed, clusters);
      const fields = { serialnumber: 'serialNumber', Group: 'group', DNS: 'dns', IP: 'ip' };
      const text = writeEntries(
        ...entries.map(({ kind, value, notBefore }) => ({
          kind,
          [fields[kind]]: value,
          ...(notBefore !== undefined && { notBefore }),
        })),
      );
      const { objects, impact } = judge(text, { certificates });
      const findRevoked = (entry: (typeof entries)[number]): KnownCertificate[] =>
        certificates.filter((one) => revokes(entry, revocableCertificate(one)));
      expect(objects[0]?.entries.map((one) => one.matched)).toEqual(entries.map((entry) => findRevoked(entry).length));
      const all = new Set(entries.flatMap(findRevoked));
      expect(impact.matched).toBe(all.size);
      matched += all.size;
    }
    expect(matched).toBeGreaterThan(100);
  });

  test('includes possible matches and certificates that entries cannot affect', () => {
    const text = writeEntries({ kind: 'DNS', dns: 'a.b', notBefore: MOMENT });
    const at = { dns: ['a.b'], notBeforeMs: epochMs(MOMENT) };
    const certificates = [
      aKnown({ ...at, notBeforeMs: epochMs(MOMENT) - SECOND_MS }),
      aKnown(at),
      aKnown({ ...at, notBeforeMs: epochMs(MOMENT) + SECOND_MS }),
      aKnown({ cn: 'a.b' }),
      aKnown({ cn: 'a.b', notBeforeMs: epochMs(MOMENT) + SECOND_MS }),
      aKnown({ ...at, exempt: 'kubelet-server' }),
    ];
    const [entry] = judge(text, { certificates }).objects[0]?.entries ?? [];
    expect(entry).toMatchObject({ matched: 1, possible: 2, exempt: 1 });
  });

  test('includes how many matched certificates may still be accepted, and until when', () => {
    const text = writeEntries({ kind: 'Group', group: 'g', notBefore: NOW });
    const [ends, over] = [epochMs(NOW), epochMs(NOW) - SECOND_MS].map((notAfterMs) =>
      aKnown({ groups: ['g'], notAfterMs }),
    );
    if (ends === undefined || over === undefined) throw new Error('none');
    expect(judge(text, against(ends, over)).impact).toMatchObject({
      matched: 2,
      stillValid: 1,
      known: 2,
      exposureUntil: NOW,
    });
    expect(judge(text, against(over)).impact.exposureUntil).toBeUndefined();
  });

  test('includes whether the text revokes the credential that the admin uses', () => {
    const own = (path: string): KnownCertificate =>
      aKnown({ layer: 'workstation', role: 'admin-kubeconfig', paths: [path], groups: ['g'] });
    const text = writeEntries({ kind: 'Group', group: 'g', notBefore: NOW });
    const inUse = own('C:\\Users\\a\\.kube\\config');
    const other = own('D:\\other');
    const here = { ...against(inUse, other), ownKubeconfig: 'C:\\Users\\a\\.kube\\config' };
    expect(judge(text, here).impact.revokesOwn).toBe(true);
    const elsewhere = { ...here, ownKubeconfig: 'C:\\Users\\b\\.kube\\config' };
    expect(judge(text, elsewhere).impact.revokesOwn).toBeUndefined();
    expect(judge(text, against(other)).impact.revokesOwn).toBeUndefined();
    const chosen = { ...against(inUse, other), kubeconfig: 'D:\\other' };
    expect(judge(text, chosen).impact.revokesOwn).toBe(true);
    const without = writeEntries({ kind: 'serialnumber', serialNumber: inUse.serialHex });
    expect(judge(without, chosen).impact.revokesOwn).toBe(false);
  });

  test('must be confirmed for several objects together, even if each of them causes only half of the effect', () => {
    const servers = ['a', 'b'].map((name) => aKnown({ role: 'apiserver', dns: [name] }));
    const half = (dns: string): string => writeEntries({ kind: 'DNS', dns, notBefore: NOW });
    const ids = (text: string): string[] => judge(text, against(...servers)).guard.consequences.map(({ id }) => id);
    expect(ids(half('a'))).toEqual([]);
    expect(ids(`${half('a')}---\n${half('b')}`)).toEqual(['all-api-servers', 'control-plane']);
  });

  test('is the same in the preview of one object and in the check of its entries', async () => {
    for (let seed = 1; seed <= 12; seed += 1) {
      const { clusters } = certificatesFor(seed % 4);
      const certificates = listKnownCertificates(clusters);
      const { entries } = randomObject(seed, clusters);
      const fields = { serialnumber: 'serialNumber', Group: 'group', DNS: 'dns', IP: 'ip' };
      const draft = {
        apiVersion: 'certificates.microsoft.com/v1',
        kind: 'RenewRevocation',
        name: 'r',
        namespace: 'kube-system',
        entries: entries.map(({ kind, value }) => ({ kind, [fields[kind]]: value })),
      };
      const { entries: checked, consequences } = lintDraft(draft, { now: NOW, certificates });
      const read = checked.map(({ entry }) => entry);
      const impact = computeImpact(read, certificates, (one) => isInUse(one, undefined));
      const whole = judgeText(writeDraft(draft), { ...BASE, clusters, certificates });
      const request = { clusters, certificates, now: NOW, pause: () => Promise.resolve() };
      const preview = await previewObjects(whole, request);
      expect(whole.judgement.guard).toEqual(
        getConfirmation({ entries: read, consequences, nowMs: epochMs(NOW) }, impact, certificates),
      );
      expect(whole.judgement.impact.clusters).toEqual(impact.clusters);
      expect(preview.objects.map((object) => object.clusters)).toEqual([impact.clusters]);
      expect(preview.entries.map(({ counts }) => counts.matches)).toEqual(impact.entries.map(({ count }) => count));
    }
  });
});

describe('the plan of a revocation', () => {
  const commandsFor = (text: string, change: Partial<EvaluationContext>): string =>
    judge(text, change)
      .plan.steps.flatMap(({ command, undo }) => [command ?? [], undo?.command ?? []].flat())
      .map(commandText)
      .join('\n');
  let request: Partial<EvaluationContext>;
  let text: string;

  beforeAll(() => {
    const { clusters } = certificatesFor(1);
    const certificates = listKnownCertificates(clusters);
    request = { clusters, certificates };
    const serialNumber =
      certificates.find(({ role, cluster }) => role === 'scheduler' && cluster === 'retail')?.serialHex ?? '';
    text = writeEntries({ kind: 'serialnumber', serialNumber });
  });

  test('contains the file, the kubeconfig, and the only cluster with matches', () => {
    expect(request.clusters?.filter(({ kind }) => kind === 'kubernetes')).toHaveLength(2);
    const commands = commandsFor(text, { ...request, file: 'C:\\my r.yaml', kubeconfig: 'K:\\k' });
    expect(commands).toContain("kubectl apply -f 'C:\\my r.yaml' --kubeconfig 'K:\\k'");
    expect(commands).toContain("kubectl delete -f 'C:\\my r.undo.yaml' --kubeconfig 'K:\\k'");
    expect(commands).toMatch(/Update-AksHciClusterCertificates -name retail /u);
    expect(commands).not.toContain('<cluster>');
  });

  test('contains the only kubeconfig that the inventory has for the cluster, if the revocation leaves it in force', () => {
    const others = (request.certificates ?? []).filter(({ layer }) => layer !== 'workstation');
    const [retail, foreign] = [true, false].map((isRetail) =>
      others.find(({ cluster, role }) => role === 'scheduler' && (cluster === 'retail') === isRetail),
    );
    const file = (change: Partial<KnownCertificate> = {}, path = 'K:\\retail config'): KnownCertificate =>
      aKnown({
        clusterId: retail?.clusterId,
        layer: 'workstation',
        role: 'admin-kubeconfig',
        paths: [path],
        kubeconfigs: [path],
        ...change,
      });
    const applyIn = (context: Partial<EvaluationContext>, ...files: KnownCertificate[]): string | undefined => {
      const all = { ...request, ...context, certificates: [...others, ...files] };
      return /^kubectl apply .*$/mu.exec(commandsFor(text, all))?.[0];
    };
    const applyWith = (...files: KnownCertificate[]): string | undefined => applyIn({}, ...files);
    const known = "kubectl apply -f revocation.yaml --kubeconfig 'K:\\retail config'";
    const open = 'kubectl apply -f revocation.yaml --kubeconfig <kubeconfig>';
    expect(applyWith(file())).toBe(known);
    expect(applyWith(file(), file({ replaced: true }, 'K:\\former'))).toBe(known);
    expect(applyWith()).toBe(open);
    expect(applyWith(file({ kubeconfigs: [] }))).toBe(open);
    expect(applyWith(file(), file({}, 'K:\\second'))).toBe(open);
    expect(applyWith(file(), file({ clusterId: foreign?.clusterId }))).toBe(open);
    expect(applyWith(file({ notAfterMs: epochMs(NOW) - DAY_MS }))).toBe(open);
    expect(applyWith(file({ serialHex: retail?.serialHex }))).toBe(open);
    // A token gives another cluster a context in the same file.
    const clusters = (request.clusters ?? []).map((cluster): Cluster => {
      if (cluster.id !== foreign?.clusterId) return cluster;
      const [credential] = cluster.credentials;
      const sources = credential!.sources.map((source) => ({ ...source, path: 'k:/Retail config' }));
      const token = { ...credential!, kind: 'token', role: 'kubeconfig-token', layer: 'workstation', sources } as const;
      return { ...cluster, credentials: [...cluster.credentials, token as unknown as Credential] };
    });
    expect(applyIn({ clusters }, file())).toBe(open);
    // The admin may choose a file, but its current context may be another cluster.
    const kubeconfig = 'K:\\retail config';
    expect(applyIn({ kubeconfig }, file(), file({}, 'K:\\second'))).toBe(known);
    expect(applyIn({ kubeconfig }, file(), file({ clusterId: foreign?.clusterId }))).toBe(open);
    expect(applyIn({ kubeconfig }, file({ clusterId: foreign?.clusterId }))).toBe(open);
    expect(applyIn({ kubeconfig, clusters }, file())).toBe(open);
  });

  test('contains placeholders for unknown values', () => {
    const everywhere = writeEntries({ kind: 'Group', group: 'system:nodes', notBefore: NOW });
    const commands = commandsFor(everywhere, request);
    expect(commands).toContain('<cluster>');
    expect(commands).toContain('kubectl apply -f revocation.yaml --kubeconfig <kubeconfig>\n');
  });
});

describe('the list of known certificates', () => {
  test('stays the same object while the clusters do not change, and only a changed cluster is read again', () => {
    const { clusters } = certificatesFor(2);
    const known = new KnownInventory();
    const first = known.listCertificates(clusters);
    expect(first).toEqual(listKnownCertificates(clusters));
    expect(known.listCertificates([...clusters])).toBe(first);
    const [changed, ...others] = clusters;
    if (changed === undefined) throw new Error('none');
    const second = known.listCertificates([{ ...changed, name: 'other' }, ...others]);
    expect(second).not.toBe(first);
    const [last] = second.slice(-1);
    expect(first).toContain(last);
    expect(known.listCertificates([])).toEqual([]);
  });
});

test.each([
  ['empty entries', 'spec:\n  revocations:\n'.concat('  - {}\n'.repeat(140_000))],
  ['ranges', writeEntries({ kind: 'IP', ip: '10.0.0.0/8' }).concat('  - ip: 1.0.0.0/8\n    kind: IP\n'.repeat(20_000))],
  ['objects', `${writeEntries({ kind: 'Group', group: 'g' })}---\n`.repeat(6_000)],
  ['brackets', '['.repeat(1_000_000)],
  ['anchors', 'a: &a [*a]\n'.repeat(80_000)],
])('a megabyte of %s is judged quickly', (_title, text) => {
  const certificates = Array.from({ length: 5_000 }, (_, at) =>
    aKnown({ groups: ['g'], ip: [`10.0.${at >> 8}.${at & 255}`] }),
  );
  const megabyte = text.slice(0, 1_000_000);
  const cost = measureCost(() => expect(judge(megabyte, { certificates }).findings.length).toBeLessThanOrEqual(501));
  expect(cost).toBeLessThan(5_000);
});
