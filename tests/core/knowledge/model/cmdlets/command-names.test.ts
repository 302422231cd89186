import { describe, expect, test } from 'vitest';
import { MODULE_CMDLETS, OTHER_CMDLETS } from '../../../../../core/knowledge/model/cmdlets/cmdlets-by-name.ts';
import { checkCommand } from '../../../../../core/knowledge/model/cmdlets/command-check.ts';
import { COMMANDS } from '../../../../../core/knowledge/model/cmdlets/cmdlets.ts';

function listProblems(line: string): string[] {
  return checkCommand(line).problems.map(({ code, severity, suggestion }) => `${severity} ${code}: ${suggestion}`);
}

describe('a documented command is never mistaken for another', () => {
  test.each([
    'Install-Module -Name AksHci -Repository PSGallery',
    'Import-Module -Name AksHci',
    'Install-PackageProvider -Name NuGet -Force',
    '$rgName = "AKSHCILabRg"',
    '$x = "AksHci"',
    '@("AksHci","Moc")',
    "$modules = @('AksHci', 'Kva') | ForEach-Object { $_ }",
    '@{ mariner = "April 2021"; windows = "April 2021" }',
    'kubectl top nodes',
    'docker ps',
    "$text -match '(?<CertData>[^\\n\\r]+)'",
    "Select-String -Path .\\log.txt -Pattern '(?<Name>AksHci)'",
    'Write-Host "a < b"',
  ])('%s', (line) => {
    expect(checkCommand(line)).toMatchObject({ ok: true, problems: [] });
  });

  test.each([
    ['New-MockObject -Type System.Object', 'notice not-known: null'],
    ['kubectl set image deployment/web web=web:2', 'notice not-judged: null'],
  ])('%s is merely unknown: %s', (line, problem) => {
    expect(listProblems(line)).toEqual([problem]);
  });

  test.each(MODULE_CMDLETS)('%s is known, but only by name', (name) => {
    expect(listProblems(`${name} -location MocLocation`)).toEqual(['notice name-only: null']);
  });

  test('no verb is corrected to another verb, for any noun', () => {
    const names = [...COMMANDS.map(({ name }) => name), ...OTHER_CMDLETS, ...MODULE_CMDLETS];
    const nouns = new Set(names.filter((name) => name.includes('-')).map((name) => name.slice(name.indexOf('-'))));
    const turned = [
      'Get',
      'Set',
      'New',
      'Remove',
      'Install',
      'Uninstall',
      'Restart',
      'Test',
      'Repair',
      'Update',
    ].flatMap((verb) =>
      [...nouns].flatMap((noun) =>
        checkCommand(`${verb}${noun}`)
          .problems.filter(({ code, suggestion }) => code === 'typo' && !suggestion?.startsWith(`${verb}-`))
          .map(({ suggestion }) => `${verb}${noun} -> ${suggestion}`),
      ),
    );
    expect(turned).toEqual([]);
  });

  test('no correction is suggested for an unknown command that only reads', () => {
    expect(listProblems('Get-MocIdentity')).toEqual(['warning unknown-command: null']);
  });
});

describe('an unknown command is reported', () => {
  test.each([
    ['Foo-Bar -x 1', 'notice not-known: null'],
    ['kubectl frobnicate', 'notice not-known: null'],
    ['mocctl security identity list', 'notice not-known: null'],
    ['Get-Foo', 'notice not-known: null'],
    ['az connectedk8s delete --name c', 'notice not-known: null'],
    ['az aks rotate-certs --resource-group g --name c', 'warning other-product: null'],
    ['az aksarc get-credentials --name c', 'warning other-product: null'],
    ['Update-AzAksCluster', 'warning other-product: null'],
    ['sudo kubeadm certs renew all', 'warning other-product: null'],
    ['k3s certificate rotate', 'warning other-product: null'],
  ])('%s: %s', (line, problem) => {
    expect(listProblems(line)).toEqual([problem]);
    expect(checkCommand(line).problems[0]?.citations.length).toBeGreaterThan(0);
  });

  test('Azure CLI commands for Azure Arc are not reported as commands of another product', () => {
    expect(listProblems('az connectedk8s list')).toEqual([]);
    expect(listProblems('az login')).toEqual([]);
  });
});

describe('a placeholder is reported', () => {
  test.each([
    'kubectl logs <POD_NAME>',
    'ssh -i $key clouduser@<CONTROL_PLANE_IP> "sudo crictl ps"',
    'Get-AksHciCredential -name <CLUSTER_NAME>',
    'Get-AksHciCredential -name "<CLUSTER_NAME>"',
    'kubectl-adsso nametosid <rbac.yml>',
    'Update-AksHciCluster -name mycluster -kubernetesVersion <k8s version>',
    'Install-AksHciAdAuth -name a -keytab <.\\current.keytab> -SPN s -adminUser u',
    'Install-AksHciAdAuth -name a -keytab k -SPN <service/principal@CONTOSO.COM> -adminUser u',
  ])('%s', (line) => {
    const problems = listProblems(line).filter((each) => !each.startsWith('notice'));
    expect(problems).toEqual(['error placeholder: null']);
  });

  test('a single < is reported as an input redirection', () => {
    expect(listProblems('kubectl apply -f - < file.yaml')).toEqual(['error input-redirection: null']);
  });
});

describe('the name of a cluster', () => {
  test.each(['retail east', 'a/b', '-east', 'east-', 'a_b', "o'neil", '東京', 'a,b'])(
    'is always rejected: %s',
    (name) => {
      const line = `Get-AksHciCredential -name "${name}"`;
      expect(listProblems(line)).toEqual(['error bad-name: null']);
    },
  );

  test.each(['retail-east', 'myCluster', 'a', '1a', 'edge.1'])('is accepted: %s', (name) => {
    expect(listProblems(`Get-AksHciCredential -name ${name}`)).toEqual([]);
  });

  test.each([
    ['retail-east', ['notice name-style: null']],
    ['myCluster', ['notice name-style: null']],
    ['mycluster', []],
  ])('is checked against the naming rules of the page about new clusters: %s', (name, problems) => {
    expect(listProblems(`New-AksHciCluster -name ${name}`)).toEqual(problems);
  });
});

describe('the PowerShell reader', () => {
  test('requires the call operator before a quoted program path', () => {
    const line = '"C:\\Program Files\\AksHci\\mocctl.exe" security login --loginpath .\\login.yaml --identity';
    expect(listProblems(line)).toEqual(['error quoted-program: & "C:\\Program Files\\AksHci\\mocctl.exe"']);
    expect(listProblems(`& ${line}`)).toEqual([]);
  });

  test.each([
    String.raw`Copy-Item "$env:UserProfile\.kube\config" ("$env:UserProfile\.kube\config.before-" + 'retail')`,
    String.raw`"C:\Program Files\AksHci" -f 1`,
  ])('treats %s as a value, because an operator follows it', (line) => {
    expect(listProblems(line)).toEqual([]);
  });

  test('ends a line at a backtick that a space follows', () => {
    expect(listProblems('Update-AksHciCluster -name a ` \n -operatingSystem')).toEqual([
      'error broken-continuation: `',
    ]);
    expect(listProblems('Update-AksHciCluster -name a `\r\n -operatingSystem')).toEqual([]);
  });
});
