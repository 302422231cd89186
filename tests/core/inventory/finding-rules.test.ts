import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CRL_RULES } from '../../../core/formats/x509/crl-rules.ts';
import { REQUEST_RULES } from '../../../core/formats/x509/rules.ts';
import { LANGUAGES, translator, type MessageKey } from '../../../core/shared/text/text.ts';
import { CATALOGUES } from '../../support/catalogues.ts';

const CORE = join(import.meta.dirname, '../../../core');
const AREAS =
  'access-file|base64|bootstrap-token|certificate|container|crl|csr-object|field|file|folder|format|key|kubeconfig|kubernetes|login-file|module-config|pem|renewal|request|text|token|yaml';

/** Rules that an import, an inspection or a credential's details may report, except those of the decoder. */
const FINDING_RULES = [
  'format.not-supported-yet',
  'text.damaged',
  'base64.damaged',
  'field.not-pem',
  'pem.trust-settings',
  'pem.trust-settings-damaged',
  'pem.damaged',
  'pem.not-closed',
  'yaml.too-large',
  'yaml.too-complex',
  'yaml.too-deep',
  'yaml.alias-bomb',
  'yaml.duplicate-key',
  'yaml.invalid',
  'yaml.several-documents',
  'yaml.not-text',
  'yaml.number-as-text',
  'kubeconfig.malformed',
  'kubeconfig.duplicate-name',
  'kubeconfig.broken-context',
  'kubeconfig.insecure',
  'kubeconfig.login-in-address',
  'kubeconfig.both-forms',
  'kubeconfig.password',
  'kubeconfig.nothing-to-expire',
  'kubeconfig.empty-user',
  'access-file.no-client-certificate',
  'login-file.key-case',
  'login-file.no-name',
  'login-file.no-token',
  'module-config.cut',
  'module-config.secrets',
  'module-config.identity-cut',
  'module-config.identity-unreadable',
  'token.bad-time',
  'container.damaged',
  'container.not-supported',
  'container.too-many-entries',
  'container.too-costly',
  'container.too-costly-together',
  'container.passphrase-wrong',
  'container.passphrase-needed',
  'container.empty',
  ...REQUEST_RULES,
  ...CRL_RULES,
  'request.unreadable',
  'request.holds-no-credential',
  'crl.unreadable',
  'crl.holds-no-credential',
  'crl.holds-no-credential-until',
  'kubernetes.malformed',
  'kubernetes.bad-time',
  'kubernetes.bad-number',
  'csr-object.incomplete',
  'csr-object.expiration-too-short',
  'csr-object.not-pem',
  'csr-object.pem-label',
  'csr-object.several-requests',
  'csr-object.pending',
  'csr-object.denied',
  'csr-object.failed',
  'csr-object.not-issued',
  'bootstrap-token.malformed',
  'bootstrap-token.bad-expiration',
  'bootstrap-token.bad-group',
  'bootstrap-token.misplaced',
  'file.more-findings',
  'file.not-found',
  'file.name-not-utf8',
  'file.not-readable',
  'file.not-a-file',
  'file.too-large',
  'folder.too-deep',
  'folder.too-many-files',
  'folder.loop',
  'kubeconfig.reference-refused',
  'kubeconfig.reference-not-readable',
  'kubeconfig.reference-empty',
  'kubeconfig.other-ca',
  'module-config.version',
  'module-config.module',
  'module-config.state',
  'module-config.cloud-agent',
  'module-config.cluster-role',
  'module-config.access-files',
  'module-config.moc-login',
  'module-config.ssh-key',
  'module-config.management',
  'module-config.kubeconfig',
  'key.differs',
  'key.encrypted',
  'key.not-readable',
  'key.readable',
  'key.shared',
  'certificate.expired',
  'certificate.not-yet-valid',
  'certificate.issuer-expired',
  'certificate.cluster-rebuilt',
  'certificate.outlives-issuer',
  'certificate.weak-key',
  'certificate.weak-signature',
  'certificate.names-missing',
  'certificate.serial-repeated',
  'certificate.expired-ca-trusted',
  'token.expired',
  'token.not-yet-valid',
  'token.assumed',
  'token.no-end',
  'renewal.refused',
  'renewal.refused-until',
  'renewal.named',
] as const;

/** Returns every string literal in the sources of findings that looks like a rule. */
function rulesInSources(): Set<string> {
  const literal = new RegExp(`['\`]((?:${AREAS})\\.[a-z\\d-]+)['\`]`, 'gu');
  const files = ['formats', 'inventory'].flatMap((folder) =>
    readdirSync(join(CORE, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !/(?:^|[-/])rules\.ts$/u.test(name))
      .filter((name) => !/^(?:cli|text)\//u.test(name))
      .map((name) => join(CORE, folder, name)),
  );
  return new Set(
    files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(literal)].map((match) => match[1] ?? '')),
  );
}

test('the list contains exactly the rules that the sources report', () => {
  const built = ['expired', 'not-yet-valid'].flatMap((end) => [`certificate.${end}`, `token.${end}`]);
  const shared = 'file.more-findings';
  expect([...new Set([...rulesInSources(), ...built, shared])].sort()).toEqual([...FINDING_RULES].sort());
});

test('every rule is listed once', () => {
  expect(new Set(FINDING_RULES).size).toBe(FINDING_RULES.length);
});

test('every rule has a message and a remedy in every language', () => {
  for (const language of LANGUAGES) {
    for (const rule of FINDING_RULES) {
      for (const key of [`finding.${rule}`, `finding.${rule}.remedy`] as MessageKey[]) {
        expect(CATALOGUES[language][key], `${language} ${key}`).toBeTruthy();
      }
    }
  }
});

test('every remedy ends with a full stop, and no text contains an apostrophe, which would hide a value', () => {
  for (const language of LANGUAGES) {
    for (const rule of FINDING_RULES) {
      for (const key of [`finding.${rule}`, `finding.${rule}.remedy`] as MessageKey[]) {
        const text = CATALOGUES[language][key];
        expect(text, key).toMatch(language === 'ja' ? /。$/u : /\.$/u);
        expect(text, key).not.toContain("'");
      }
    }
  }
});

test('the message about a broken kubeconfig context names the missing part in both languages', () => {
  const values = { context: 'a@b', what: 'cluster', missing: 'b' };
  expect(translator('en')('finding.kubeconfig.broken-context', values)).toBe(
    'The context a@b refers to the cluster b, which is not in this file.',
  );
  expect(translator('ja')('finding.kubeconfig.broken-context', values)).toBe(
    'コンテキスト a@b が指すクラスター b は、このファイルにありません。',
  );
});
