import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../../../../build/paths.mjs';
import type { RoleFacts } from '../../../../core/knowledge/model/credentials/credentials.ts';
import { LIFETIME_CLASSES } from '../../../../core/knowledge/model/credentials/lifetimes.ts';
import { PROFILES } from '../../../../core/pki/model/profiles.ts';
import { ROLES } from '../../../../core/knowledge/model/credentials/roles.ts';
import type { CertificateFacts } from '../../../../core/shared/certificates/certificate.ts';
import type { Certainty } from '../../../../core/shared/citation.ts';
import { classify } from '../../../../core/inventory/model/classify.ts';
import { DAY_MS, MINUTE_MS } from '../../../../core/shared/instant.ts';
import type { Origin } from '../../../../core/shared/origin.ts';
import { PROFILE_IDS, type Profile } from '../../../../core/pki/model/profile.ts';
import english from '../../../../core/knowledge/text/en.json';
import japanese from '../../../../core/knowledge/text/ja.json';
import transcribed from '../../../fixtures/profiles.json';
import { profileTable, listSourced } from '../../../support/profiles.ts';

const profiles = PROFILE_IDS.map((id) => PROFILES[id]);
const roots = profiles.filter(({ issuer }) => issuer.value === 'self');
const leaves = profiles.filter(({ issuer }) => issuer.value !== 'self');

/** Converts `1/4` to a number. */
function fraction(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [over = NaN, under = NaN] = text.split('/').map(Number);
  return over / under;
}

function profileFile({ file }: Profile): string | null {
  if (file === undefined) return null;
  return 'pki' in file.value ? `pki/${file.value.pki}.crt` : file.value.kubeconfig;
}

describe('the independently written table', () => {
  test('has a row for every profile, and every profile is under its own id', () => {
    expect(transcribed.map(({ profile }) => profile).sort()).toEqual([...PROFILE_IDS].sort());
    expect(Object.keys(PROFILES).sort()).toEqual([...PROFILE_IDS].sort());
    for (const id of PROFILE_IDS) expect(PROFILES[id].id).toBe(id);
  });

  test('names the section and row of the dossier for every row, or says that there is none', () => {
    for (const { profile, source } of transcribed) expect(source, profile).toMatch(/^(?:3\.[12] \S|no row: )/u);
  });

  test.each(transcribed)('agrees with the profile of $profile in every field', (row) => {
    const profile = profiles.find(({ id }) => id === row.profile);
    if (profile === undefined) throw new Error('checked above');
    const [by, left, retry] = row.renewal;
    expect({
      role: profile.role,
      layer: profile.layer,
      issuer: profile.issuer.value,
      subject: profile.subject.value,
      sans: profile.sans.value,
      keyUsage: profile.keyUsage.value,
      extendedKeyUsage: profile.extendedKeyUsage.value,
      keyAlgorithms: profile.keyAlgorithms.value,
      validityMs: profile.validityMs.value,
      backdatingMs: profile.backdatingMs.value,
      serialBits: profile.serialBits.value,
      renewal: profile.renewal.value,
      revokedBy: profile.revokedBy.value,
      file: profileFile(profile),
      accessFile: profile.accessFile?.value ?? null,
    }).toEqual({
      role: row.role,
      layer: row.layer,
      issuer: row.issuer,
      subject: { commonName: row.commonName, organizations: row.organizations },
      sans: { dns: row.dns, ip: row.ip },
      keyUsage: row.keyUsage,
      extendedKeyUsage: row.extendedKeyUsage,
      keyAlgorithms: row.keys,
      validityMs: row.days * DAY_MS,
      backdatingMs: row.backdatingMinutes * MINUTE_MS,
      serialBits: row.serialBits,
      renewal: { by, atShareLeft: fraction(left), retryShare: fraction(retry) },
      revokedBy: row.revokedBy,
      file: row.file,
      accessFile: row.accessFile,
    });
  });

  /** S: the article. D: Microsoft's documentation. C: public code. I: an inference. */
  const TAGS: Record<string, Certainty> = { S: 'documented', D: 'documented', C: 'from-code', I: 'inferred' };

  test.each(transcribed)('is as certain about each field of $profile as its first source', (row) => {
    const profile = profiles.find(({ id }) => id === row.profile);
    if (profile === undefined) throw new Error('checked above');
    const first = listSourced(profile).map(([name, { citations }]) => [name, citations[0].certainty]);
    const tagged = Object.entries(row.tags).map(([name, tag]: [string, string]) => [name, TAGS[tag]]);
    expect(Object.fromEntries(first)).toEqual(Object.fromEntries(tagged));
  });
});

describe('the sources', () => {
  test.each(profiles)('of $id cover every field, and none is listed twice for a field', (profile) => {
    const fields = listSourced(profile);
    expect(fields.length).toBeGreaterThanOrEqual(11);
    for (const [name, { citations }] of fields) {
      expect(citations.length, name).toBeGreaterThan(0);
      expect(new Set(citations.map((each) => JSON.stringify(each))).size).toBe(citations.length);
    }
  });

  test.each(profiles)('of $id have their own texts in both languages', (profile) => {
    for (const [, { citations }] of listSourced(profile))
      for (const { work, place } of citations)
        for (const text of [work, place ?? ''].filter((each) => each.startsWith('source.'))) {
          expect(english, text).toHaveProperty([text]);
          expect(japanese, text).toHaveProperty([text]);
        }
  });

  test.each(profiles)('of $id never present conventions and conclusions as facts', (profile) => {
    for (const [, { citations }] of listSourced(profile))
      for (const { certainty, work } of citations) {
        if (['source.kubeadm', 'source.conclusion', 'kubernetes/kubernetes'].includes(work))
          expect(certainty).toBe('inferred');
        else if (work.startsWith('Azure/aksArc issue ')) expect(certainty).toBe('reported');
        else if (work.startsWith('microsoft/')) expect(certainty).toBe('from-code');
        else expect(['documented', 'inferred']).toContain(certainty);
      }
  });
});

describe('a profile and the role that the inventory gives its certificate', () => {
  test('no two profiles share a role', () => {
    expect(new Set(profiles.map(({ role }) => role)).size).toBe(profiles.length);
  });

  test.each(profiles)('$id belongs to the same layer and is revoked in the same way', (profile) => {
    const role: RoleFacts = ROLES[profile.role];
    expect(profile.layer).toBe(role.layer);
    expect(profile.revokedBy.value).toBe(role.revocable === true ? role.revokedBy : 'nothing');
  });

  test.each(profiles)('$id has the usual lifetime of its class, within 1 %', (profile) => {
    const { usualMs } = LIFETIME_CLASSES[ROLES[profile.role].lifetimeClass];
    expect(Math.abs(profile.validityMs.value / usualMs - 1)).toBeLessThan(0.01);
  });

  /** If the role catalogue is open or less precise, the profile decides. */
  const DECIDED: Partial<Record<string, string>> = {
    'node-agent': 'client-itself',
    'load-balancer': 'client-itself',
    'super-admin': 'nobody',
  };

  test.each(profiles)('$id has the same renewer', ({ id, role, renewal }) => {
    const decided = DECIDED[id];
    if (decided !== undefined) expect(['unknown', 'node-agent']).toContain(ROLES[role].renewedBy);
    expect(renewal.value.by).toBe(decided ?? ROLES[role].renewedBy);
  });

  test.each(profiles)('$id is renewed no later than the console calls it due', (profile) => {
    const { atShareLeft } = profile.renewal.value;
    const { renewalDue } = LIFETIME_CLASSES[ROLES[profile.role].lifetimeClass];
    // Unlike the controller, the kubelet renews when between 10 and 30 % of the lifetime remain.
    const due = profile.id === 'kubelet-client' ? 0.1 : renewalDue.share;
    if (atShareLeft !== undefined) expect(atShareLeft).toBeGreaterThanOrEqual(due);
  });

  const KNOWN_PLACES = profiles.filter(
    ({ id, file, accessFile }) => file !== undefined || accessFile !== undefined || id === 'kms-plugin',
  );

  test.each(KNOWN_PLACES)('$id is recognised by the inventory in its usual place', (profile) => {
    expect(classify(makeEvidence(profile)).role).toBe(profile.role);
  });
});

/** Returns the facts by which the inventory classifies a certificate in its profile's own file. */
function makeEvidence(profile: Profile) {
  const { issuer, subject, sans, extendedKeyUsage, file, accessFile } = profile;
  const issuerName =
    issuer.value === 'self' ? subject.value.commonName : PROFILES[issuer.value].subject.value.commonName;
  const facts = {
    subject: { cn: subject.value.commonName, o: [...subject.value.organizations], text: 'S' },
    issuer: { cn: issuerName, o: [], text: 'I' },
    sans: { dns: [...sans.value.dns], ip: [...sans.value.ip] },
    extendedKeyUsage: [...extendedKeyUsage.value],
    isCa: issuer.value === 'self',
    ...(profile.layer === 'moc' && { moc: {} }),
  } as unknown as CertificateFacts;
  const inKubeconfig = file !== undefined && 'kubeconfig' in file.value;
  const origin: Origin = inKubeconfig ? { format: 'kubeconfig', part: 'client-certificate' } : { format: 'pem' };
  const path = accessFile?.value ?? `/etc/kubernetes/${profileFile(profile) ?? 'elsewhere.pem'}`;
  return { kind: 'certificate' as const, origin, path, facts };
}

describe('rules for all profiles', () => {
  test('Kubernetes backdates by five minutes and uses 128 bits, MOC backdates nothing and uses 63 bits', () => {
    for (const { layer, backdatingMs, serialBits } of profiles) {
      expect(backdatingMs.value).toBe(layer === 'kubernetes' ? 300_000 : 0);
      expect(serialBits.value).toBe(layer === 'kubernetes' ? 128 : 63);
    }
  });

  test('roots sign certificates and CRLs, have no limited purpose and are renewed only by the cloud agent', () => {
    expect(roots).toHaveLength(4);
    for (const { id, keyUsage, extendedKeyUsage, renewal, revokedBy } of roots) {
      expect(keyUsage.value).toEqual(expect.arrayContaining(['keyCertSign', 'cRLSign']));
      expect(extendedKeyUsage.value).toEqual([]);
      expect(renewal.value.by).toBe(id === 'cloud-agent-ca' ? 'cloud-agent' : 'nobody');
      expect(revokedBy.value).toBe('nothing');
    }
  });

  test.each(leaves)('$id is issued by a root of its layer that has another name', (leaf) => {
    const issuer = roots.find(({ id }) => id === leaf.issuer.value);
    expect(issuer?.layer).toBe(leaf.layer);
    expect(issuer?.subject.value).not.toEqual(leaf.subject.value);
    expect(issuer?.validityMs.value).toBeGreaterThan(leaf.validityMs.value);
    expect(leaf.keyUsage.value).not.toContain('keyCertSign');
    expect(leaf.extendedKeyUsage.value).not.toEqual([]);
  });

  test('every server has alternative names, and no Kubernetes client has any', () => {
    for (const { layer, sans, extendedKeyUsage } of leaves) {
      const named = sans.value.dns.length + sans.value.ip.length > 0;
      if (extendedKeyUsage.value.includes('serverAuth')) expect(named).toBe(true);
      else expect(named).toBe(layer === 'moc');
    }
  });

  test('nobody renews the two exceptions of the article, and a kubelet’s server certificate is not revoked', () => {
    const { renewal, revokedBy } = PROFILES['kubelet-server'];
    expect([renewal.value.by, revokedBy.value]).toEqual(['nobody', 'nothing']);
    expect(ROLES['kubeconfig-client'].renewedBy).toBe('nobody');
  });

  test('every renewer has a time and an interval; without a renewer there are none', () => {
    for (const { renewal } of profiles) {
      const { by, atShareLeft = 0, retryShare = 0 } = renewal.value;
      expect([by === 'nobody', by === 'nobody']).toEqual([atShareLeft === 0, retryShare === 0]);
      expect(atShareLeft).toBeLessThan(1);
      expect(retryShare).toBeLessThanOrEqual(atShareLeft);
    }
  });

  test('no text has an unused placeholder', () => {
    const texts = profiles.flatMap(({ subject, sans }) => [
      subject.value.commonName,
      ...subject.value.organizations,
      ...sans.value.dns,
      ...sans.value.ip,
    ]);
    const found = new Set(texts.flatMap((text) => text.match(/<[^>]*>/gu) ?? []));
    expect([...found].sort()).toEqual([
      '<cloud-agent-fqdn>',
      '<cluster>',
      '<endpoint>',
      '<host-ip>',
      '<host>',
      '<identity>',
      '<node-ip>',
      '<node>',
      '<service-domain>',
      '<service-ip>',
    ]);
  });
});

describe('docs/profiles.md', () => {
  const lines = readFileSync(join(ROOT, 'docs/profiles.md'), 'utf8').split(/\r?\n/u);

  test.each(['kubernetes', 'moc'] as const)('has the table of the layer %s as in the data', (layer) => {
    const start = lines.indexOf(`<!-- table ${layer} -->`);
    const end = lines.indexOf(`<!-- end of table ${layer} -->`);
    expect(lines.slice(start + 1, end)).toEqual(profileTable(profiles.filter((profile) => profile.layer === layer)));
  });
});
