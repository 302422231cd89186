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
import { flattenMessages } from '../../../../core/shared/text/message-tree.ts';
import transcribed from '../../../fixtures/profiles.json';
import { profileTable, listSourced } from '../../../support/profiles.ts';

const profiles = PROFILE_IDS.map((id) => PROFILES[id]);
const roots = profiles.filter(({ issuer }) => issuer.value === 'self');
const leaves = profiles.filter(({ issuer }) => issuer.value !== 'self');

/** Converts a fraction such as `1/4` to a number. */
function fraction(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [over = NaN, under = NaN] = text.split('/').map(Number);
  return over / under;
}

function profileFile({ file }: Profile): string | null {
  if (file === undefined) return null;
  return 'pki' in file.value ? `pki/${file.value.pki}.crt` : file.value.kubeconfig;
}

describe('the table written by hand', () => {
  test('has a row for every profile, and every profile is stored under its id', () => {
    expect(transcribed.map(({ profile }) => profile).sort()).toEqual([...PROFILE_IDS].sort());
    expect(Object.keys(PROFILES).sort()).toEqual([...PROFILE_IDS].sort());
    for (const id of PROFILE_IDS) expect(PROFILES[id].id).toBe(id);
  });

  test('cites the section and row of the dossier for every row, or states that there is none', () => {
    for (const { profile, source } of transcribed) expect(source, profile).toMatch(/^(?:3\.[12] \S|no row: )/u);
  });

  test.each(transcribed)('has the same values as the profile of $profile in every field', (row) => {
    const profile = profiles.find(({ id }) => id === row.profile);
    if (profile === undefined) throw new Error('checked above');
    const [by, left, retry] = row.renewal;
    expect({
      role: profile.role,
      layer: profile.layer,
      issuer: profile.issuer.value,
      otherIssuer: profile.otherIssuer?.value,
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
      otherIssuer: row.otherIssuer,
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

  /** Meaning of the tags. S: the article. D: Microsoft's documentation. C: public code. I: an inference. */
  const TAGS: Record<string, Certainty> = { S: 'documented', D: 'documented', C: 'from-code', I: 'inferred' };

  test.each(transcribed)('has the same certainty for each field of $profile as the field’s first source', (row) => {
    const profile = profiles.find(({ id }) => id === row.profile);
    if (profile === undefined) throw new Error('checked above');
    const first = listSourced(profile).map(([name, { citations }]) => [name, citations[0].certainty]);
    const tagged = Object.entries(row.tags).map(([name, tag]: [string, string]) => [name, TAGS[tag]]);
    expect(Object.fromEntries(first)).toEqual(Object.fromEntries(tagged));
  });
});

describe('the sources of a profile', () => {
  test.each(profiles)('of $id cover every field, and no field lists a source twice', (profile) => {
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
          expect(flattenMessages(english), text).toHaveProperty([text]);
          expect(flattenMessages(japanese), text).toHaveProperty([text]);
        }
  });

  test.each(profiles)('of $id do not present conventions and conclusions as facts', (profile) => {
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

describe('a profile and the inventory’s role for its certificate', () => {
  test('no two profiles share a role', () => {
    expect(new Set(profiles.map(({ role }) => role)).size).toBe(profiles.length);
  });

  test.each(profiles)('$id belongs to the layer of its role and is revoked in the same way', (profile) => {
    const role: RoleFacts = ROLES[profile.role];
    expect(profile.layer).toBe(role.layer);
    const means = role.layer === 'moc' ? 'identity' : 'RenewRevocation';
    expect(profile.revokedBy.value).toBe(role.revocable === true ? means : 'nothing');
  });

  test.each(profiles)('the lifetime of $id is within 1 % of the usual lifetime of its class', (profile) => {
    const { usualMs } = LIFETIME_CLASSES[ROLES[profile.role].lifetimeClass];
    expect(Math.abs(profile.validityMs.value / usualMs - 1)).toBeLessThan(0.01);
  });

  /** Renewers that the roles leave open or state less precisely than the profiles. */
  const DECIDED: Partial<Record<string, string>> = {
    'node-agent': 'client-itself',
    'load-balancer': 'client-itself',
    'super-admin': 'nobody',
  };

  test.each(profiles)('$id has the same renewer as its role', ({ id, role, renewal }) => {
    const decided = DECIDED[id];
    if (decided !== undefined) expect(['unknown', 'node-agent']).toContain(ROLES[role].renewedBy);
    expect(renewal.value.by).toBe(decided ?? ROLES[role].renewedBy);
  });

  test.each(profiles)('$id is renewed no later than the console shows the renewal as due', (profile) => {
    const { atShareLeft } = profile.renewal.value;
    const { renewalDue } = LIFETIME_CLASSES[ROLES[profile.role].lifetimeClass];
    // The kubelet renews when between 10 and 30 % of the lifetime remain, so only the lower bound applies to it.
    const due = profile.id === 'kubelet-client' ? 0.1 : renewalDue.share;
    if (atShareLeft !== undefined) expect(atShareLeft).toBeGreaterThanOrEqual(due);
  });

  const KNOWN_PLACES = profiles.filter(
    ({ id, file, accessFile }) => file !== undefined || accessFile !== undefined || id === 'kms-plugin',
  );

  test.each(KNOWN_PLACES)('the inventory recognises $id in its usual place', (profile) => {
    expect(classify(makeEvidence(profile)).role).toBe(profile.role);
  });
});

/** Returns the facts by which the inventory classifies a certificate in the usual file of its profile. */
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
  test('Kubernetes certificates are backdated by five minutes and have 128-bit serial numbers; MOC certificates are not backdated and have 63-bit serial numbers', () => {
    for (const { layer, backdatingMs, serialBits } of profiles) {
      expect(backdatingMs.value).toBe(layer === 'kubernetes' ? 300_000 : 0);
      expect(serialBits.value).toBe(layer === 'kubernetes' ? 128 : 63);
    }
  });

  test('roots sign certificates and CRLs, have no extended key usage, and are never renewed, except the cloud agent’s CA', () => {
    expect(roots).toHaveLength(4);
    for (const { id, keyUsage, extendedKeyUsage, renewal, revokedBy } of roots) {
      expect(keyUsage.value).toEqual(expect.arrayContaining(['keyCertSign', 'cRLSign']));
      expect(extendedKeyUsage.value).toEqual([]);
      expect(renewal.value.by).toBe(id === 'cloud-agent-ca' ? 'cloud-agent' : 'nobody');
      expect(revokedBy.value).toBe('nothing');
    }
  });

  test.each(leaves)('$id is issued by a root of its layer with another name', (leaf) => {
    const issuer = roots.find(({ id }) => id === leaf.issuer.value);
    expect(issuer?.layer).toBe(leaf.layer);
    expect(issuer?.subject.value).not.toEqual(leaf.subject.value);
    expect(issuer?.validityMs.value).toBeGreaterThan(leaf.validityMs.value);
    expect(leaf.keyUsage.value).not.toContain('keyCertSign');
    expect(leaf.extendedKeyUsage.value).not.toEqual([]);
  });

  test('every server certificate has alternative names, and no client certificate of Kubernetes has any', () => {
    for (const { layer, sans, extendedKeyUsage } of leaves) {
      const named = sans.value.dns.length + sans.value.ip.length > 0;
      if (extendedKeyUsage.value.includes('serverAuth')) expect(named).toBe(true);
      else expect(named).toBe(layer === 'moc');
    }
  });

  test('nobody renews kubeconfigs and the server certificates of kubelets, and the latter are not revocable', () => {
    const { renewal, revokedBy } = PROFILES['kubelet-server'];
    expect([renewal.value.by, revokedBy.value]).toEqual(['nobody', 'nothing']);
    expect(ROLES['kubeconfig-client'].renewedBy).toBe('nobody');
  });

  test('every renewed profile has a renewal time and a retry interval; every other profile has neither', () => {
    for (const { renewal } of profiles) {
      const { by, atShareLeft = 0, retryShare = 0 } = renewal.value;
      expect([by === 'nobody', by === 'nobody']).toEqual([atShareLeft === 0, retryShare === 0]);
      expect(atShareLeft).toBeLessThan(1);
      expect(retryShare).toBeLessThanOrEqual(atShareLeft);
    }
  });

  test('the profiles contain exactly the known placeholders', () => {
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

  test.each(['kubernetes', 'moc'] as const)('contains the table of the layer %s as in the data', (layer) => {
    const start = lines.indexOf(`<!-- table ${layer} -->`);
    const end = lines.indexOf(`<!-- end of table ${layer} -->`);
    expect(lines.slice(start + 1, end)).toEqual(profileTable(profiles.filter((profile) => profile.layer === layer)));
  });
});
