import { expect, test } from 'vitest';
import { ROLE_IDS, type RoleFacts } from '../../../../../core/knowledge/model/credentials/credentials.ts';
import { LIFETIME_CLASSES } from '../../../../../core/knowledge/model/credentials/lifetimes.ts';
import { RENEWER_IDS } from '../../../../../core/knowledge/model/credentials/role-row.ts';
import { ROLES } from '../../../../../core/knowledge/model/credentials/roles.ts';
import type { Certainty, Statement } from '../../../../../core/shared/citation.ts';
import englishTree from '../../../../../core/knowledge/text/en.json';
import japaneseTree from '../../../../../core/knowledge/text/ja.json';
import { flattenMessages } from '../../../../../core/shared/text/message-tree.ts';
import { isMessageKey } from '../../../../../core/shared/text/text.ts';
import transcribed from '../../../../fixtures/roles.json';

const english = flattenMessages(englishTree);
const japanese = flattenMessages(japaneseTree);
const roles = ROLE_IDS.map((id) => ROLES[id]);

function listStatements(role: RoleFacts): Statement[] {
  const remedies = role.remedies.map((remedy) => remedy.statement);
  return [role.renewal, role.revocation, role.breaks, ...remedies];
}

const roleTexts = (texts: Record<string, string>): [key: string, text: string][] =>
  Object.entries(texts).filter(([key]) => /^(?:role|renewer|renewal|revocation|remedy)\./u.test(key));
const [ENGLISH, JAPANESE] = [roleTexts(english), roleTexts(japanese)];

/** Commands that remedies may use: documented cmdlets and programs, in their canonical spelling. */
const DOCUMENTED_COMMANDS = [
  'Update-AksHciCertificates',
  'Update-AksHciClusterCertificates -name <cluster> -fixCloudCredentials',
  'Update-AksHciClusterCertificates -name <cluster> -fixKubeletCredentials',
  'Update-AksHciClusterCertificates -name <cluster> -patchLoadBalancer -fixCloudCredentials',
  'Update-AksHci',
  'Get-AksHciCredential -name <cluster>',
  'Invoke-AksHciRotateCACertificate',
  'Repair-Moc',
  'Repair-MocLogin',
  'New-MocIdentity -name <name> -validityDays <days> -location MocLocation -outfile <path>',
  'mocctl.exe security login --loginpath <file> --identity',
  'mocctl.exe security identity rotate --name "KMSPlugin-<cluster>-moc-kms-plugin" --encode=false --cloudFqdn (Get-AksHciConfig).Moc.cloudfqdn > cloudlogin.yaml',
  'Uninstall-AksHciAdAuth -name <cluster>',
  'Install-AksHciAdAuth -name <cluster> -keytab <keytab> -SPN <spn> -adminUser <domain\\user>',
  'Set-AksHciProxySetting -noProxy "" -certFile <file>',
  'ssh -o StrictHostKeyChecking=no -i (Get-MocConfig).sshPrivateKey clouduser@<control-plane-ip>',
  "ssh -i (Get-MocConfig).sshPrivateKey clouduser@<control-plane-ip> 'sudo crictl stop $(sudo crictl ps --name kube-apiserver -o json | jq -r .containers[0].id)'",
  'Remove-Item "$env:UserProfile\\.wssd\\kvactl\\cloudconfig"',
];

test('the catalogue has a row for every role, under its id', () => {
  expect(Object.keys(ROLES).sort()).toEqual([...ROLE_IDS].sort());
  for (const id of ROLE_IDS) expect(ROLES[id].id).toBe(id);
});

test('the table written by hand has a row for every role', () => {
  expect(transcribed.map(({ role }) => role).sort()).toEqual([...ROLE_IDS].sort());
});

test.each(transcribed)('$role has the same values in the table written by hand', (row) => {
  const role = roles.find(({ id }) => id === row.role);
  expect({
    role: role?.id,
    layer: role?.layer,
    validity: role?.lifetimeClass,
    revocable: role?.revocable,
    renewedBy: role?.renewedBy,
  }).toEqual(row);
});

test.each(roles)('$id has a name and all its statements in both languages', (role) => {
  const keys = [`role.${role.id}`, `renewer.${role.renewedBy}`];
  for (const key of [...keys, ...listStatements(role).map(({ text }) => text)]) {
    expect(isMessageKey(key), key).toBe(true);
    expect(english, key).toHaveProperty([key]);
    expect(japanese, key).toHaveProperty([key]);
  }
});

test('every renewer has a name, and every text of the catalogue is used', () => {
  const used = new Set([
    ...ROLE_IDS.map((id) => `role.${id}`),
    ...RENEWER_IDS.map((id) => `renewer.${id}`),
    ...roles.flatMap(listStatements).map(({ text }) => text),
  ]);
  expect(ENGLISH.map(([key]) => key).sort()).toEqual([...used].sort());
});

test('no text has a straight apostrophe or a brace, both of which ICU MessageFormat would interpret', () => {
  expect([...ENGLISH, ...JAPANESE].filter(([, text]) => /['{}]/u.test(text))).toEqual([]);
});

test('no Japanese text is empty or still in English', () => {
  const productNames = ['admin.conf', 'super-admin.conf', 'kubelet'];
  const left = JAPANESE.map(([, text]) => text).filter((text) => !/[ぁ-んァ-ヶ一-龠]/u.test(text));
  expect(left.filter((text) => !/^[A-Za-z]+ CA$/u.test(text)).sort()).toEqual(productNames.sort());
});

test('names of roles are unique in both languages', () => {
  for (const catalogue of [english, japanese]) {
    const names = ROLE_IDS.map((id) => catalogue[`role.${id}`]);
    expect(new Set(names).size).toBe(names.length);
  }
});

test.each(roles)('every statement about $id cites a source', (role) => {
  const certainties: Certainty[] = ['documented', 'from-code', 'reported', 'inferred'];
  for (const { text, citations } of listStatements(role)) {
    expect(citations.length, text).toBeGreaterThan(0);
    for (const citation of citations) {
      expect(certainties).toContain(citation.certainty);
      expect(citation.work).not.toBe('');
    }
  }
});

test.each(roles)('$id cites an issue as a report and a code repository as code', (role) => {
  for (const { certainty, work } of listStatements(role).flatMap(({ citations }) => citations)) {
    if (work.startsWith('Azure/aksArc issue ')) expect(certainty).toBe('reported');
    if (/^(?:Microsoft |MicrosoftDocs)/u.test(work)) expect(certainty).toBe('documented');
    if (/^microsoft\//u.test(work)) expect(certainty).toBe('from-code');
    if (work === 'source.documentation') expect(certainty).toBe('documented');
    if (['source.kubeadm', 'source.conclusion'].includes(work)) expect(certainty).toBe('inferred');
  }
});

test.each(roles)('the remedies of $id are different documented commands', (role) => {
  const commands = role.remedies.map(({ command }) => command);
  for (const command of commands) expect(DOCUMENTED_COMMANDS).toContain(command);
  expect(new Set(commands).size).toBe(commands.length);
});

test('a remedy uses every command in the list of documented commands', () => {
  const commands = roles.flatMap(({ remedies }) => remedies.map(({ command }) => command));
  expect(DOCUMENTED_COMMANDS.filter((command) => !commands.includes(command))).toEqual([]);
});

test('every role has an existing lifetime class, and only CAs have a class for roots', () => {
  for (const role of roles) {
    expect(LIFETIME_CLASSES).toHaveProperty([role.lifetimeClass]);
    const isRoot = /-root$/u.test(role.lifetimeClass);
    expect(isRoot, role.id).toBe(/-ca$/u.test(role.id) && role.id !== 'proxy-ca');
  }
});

test('a credential that Microsoft calls unmanaged has no renewer', () => {
  expect(ROLES['kubelet-server'].renewedBy).toBe('nobody');
  expect(ROLES['admin-kubeconfig'].renewedBy).toBe('nobody');
  expect(ROLES['management-kubeconfig'].renewedBy).toBe('nobody');
});

test('both remedies of the kubelet server are listed because sources disagree, with cloud credentials first', () => {
  const [first, second] = ROLES['kubelet-server'].remedies;
  expect(first?.command).toMatch(/-fixCloudCredentials$/u);
  expect(first?.statement.citations[0]).toMatchObject({ certainty: 'reported' });
  expect(second?.command).toMatch(/-fixKubeletCredentials$/u);
  expect(second?.statement.citations[0]).toMatchObject({ certainty: 'documented' });
  for (const remedy of [first, second]) {
    expect(english).toHaveProperty([remedy?.statement.text ?? ''], expect.stringMatching(/disagree/u));
  }
});

test('a CA never replaces another CA of the same name, except the CA of a cloud agent', () => {
  const authorities = roles.filter(({ id }) => id.endsWith('-ca'));
  expect(authorities.map(({ id, holder }) => [id, holder])).toEqual(
    authorities.map(({ id }) => [id, id === 'cloud-agent-ca' ? 'deployment' : 'file']),
  );
});
