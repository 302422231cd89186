import { describe, expect, test } from 'vitest';
import { checkCommand } from '../../../../../core/knowledge/model/cmdlets/command-check.ts';

function listProblems(line: string): string[] {
  return checkCommand(line).problems.map(({ code, severity }) => `${severity} ${code}`);
}

describe('a destructive command is reported in any form', () => {
  test.each([
    ['Restart-AksHci', ['error removes']],
    ['AksHci\\Restart-AksHci', ['error removes']],
    ['Reinstall-AksHci', ['error removes']],
    ['Uninstall-AksHci -skipConfigCleanup', ['error removes']],
    ['powershell -NoProfile -Command "Restart-AksHci"', ['error removes']],
    ['Invoke-Command -ComputerName n1 { Uninstall-AksHci }', ['error removes']],
    ['Remove-AksHciCluster -name east', ['warning removes']],
    ['Get-AksHciCluster | Remove-AksHciCluster -Confirm:$false', ['error removes', 'error missing-parameter']],
    ['Get-AksHciCluster | % { Remove-AksHciCluster -name $_.Name }', ['error removes']],
    ['foreach ($c in (Get-AksHciCluster)) { Remove-AksHciCluster -name $c.Name }', ['error removes']],
    ['Get-AksHciCluster | ? { $_.Name -eq "old" } | % { Remove-AksHciCluster -name $_.Name }', ['warning removes']],
    ['Remove-Item -Recurse -Force $env:UserProfile\\.wssd', ['warning removes']],
    ['rm -r ~\\.wssd\\kvactl', ['warning removes']],
    ['ri "$env:UserProfile\\.wssd\\*" -Recurse', ['warning removes']],
    ['Get-ChildItem $env:UserProfile\\.wssd -Recurse | del', ['warning removes']],
    ['rd C:\\ClusterStorage\\Volume1\\wssdcloudagent -Recurse', ['error removes']],
    ['Remove-Item (Get-AksHciConfig).Moc.cloudConfigLocation -Recurse', ['error removes']],
    ['rmdir $env:ProgramData\\wssdagent -Recurse', ['error removes']],
    ['Remove-Item C:\\AksHci -Recurse', ['error removes']],
    ['Remove-AksHciCluster -name (Get-AksHciCluster).Name', ['error removes']],
    ['Remove-AksHciCluster -name old; Get-AksHciCluster', ['warning removes']],
    ['cmd /c "rd /s /q C:\\wssdcloudagent"', ['error removes']],
    ['Remove-Item -Recurse "C:\\Program Files\\WindowsPowerShell\\Modules\\AksHci"', []],
    ['Remove-Item $env:UserProfile\\.wssd\\kvactl\\cloudconfig', []],
    ['Remove-Item C:\\AksHci\\old.log', []],
    ['Remove-Item .\\cloudlogin.yaml', []],
  ])('%s: %j', (line, problems) => {
    expect(listProblems(line)).toEqual(problems);
  });

  test.each(['Restart-Computer', 'Restart-Computer -Force', 'Stop-Computer', 'shutdown /r /t 0', 'Restart-VM moc-l1'])(
    '%s is reported, because a reboot makes expired tokens worse',
    (line) => {
      expect(listProblems(line)).toEqual(['warning reboot']);
    },
  );

  test('the documented downtime for a new CA is reported', () => {
    expect(listProblems('Invoke-AksHciRotateCACertificate')).toEqual(['notice downtime']);
    expect(checkCommand('Invoke-AksHciRotateCACertificate').ok).toBe(true);
  });

  test('every hazard cites a source', () => {
    for (const line of ['Restart-AksHci', 'Reinstall-AksHci', 'rm ~\\.wssd', 'Restart-Computer', 'rd C:\\AksHci'])
      expect(checkCommand(line).problems[0]?.citations.length, line).toBeGreaterThan(0);
  });
});

describe('the check of a command that runs on a node', () => {
  const SSH = 'ssh -i $key clouduser@10.0.0.11';

  test.each([
    [`${SSH} 'sudo ls /etc/kubernetes/pki'`, []],
    [`${SSH} 'sudo cat C:\\k\\cert.pem'`, ['error windows-path']],
    [`${SSH} "type $env:UserProfile\\x"`, ['error windows-path']],
    ["ssh administrator@10.0.0.11 'sudo crictl ps'", ['error windows-user']],
    ["ssh CONTOSO\\admin@10.0.0.11 'sudo crictl ps'", ['error windows-user']],
    ["ssh administrator@10.0.0.21 'type C:\\k\\kubelet.log'", []],
    ['scp .\\cloudlogin.yaml administrator@10.0.0.11:~/cloudlogin.yaml', ['error windows-user']],
    ['scp .\\cloudlogin.yaml clouduser@10.0.0.11:~/cloudlogin.yaml', []],
    [`${SSH} "sudo crictl stop $(sudo crictl ps -q)"`, ['warning all-at-once', 'warning expands-locally']],
    [`${SSH} 'sudo crictl stop $(sudo crictl ps -q)'`, ['warning all-at-once']],
    [`${SSH} "sudo ls \`$HOME"`, []],
    [`${SSH} "sudo ls $HOME"`, ['warning expands-locally']],
    [`${SSH} "sudo mv $((Get-Date).Day) /tmp"`, ['notice not-judged']],
    [`${SSH} "sudo crictl ps | awk '{print $1}'"`, ['warning expands-locally']],
  ])('reports for %s: %j', (line, problems) => {
    expect(listProblems(line)).toEqual(problems);
  });

  test('suggests single quotes instead of double quotes', () => {
    const { problems } = checkCommand(`${SSH} "sudo crictl stop $(sudo crictl ps -q)"`);
    const problem = problems.find(({ code }) => code === 'expands-locally');
    expect(problem?.suggestion).toBe("'sudo crictl stop $(sudo crictl ps -q)'");
  });

  test.each([
    ['Get-Content a > b.yaml; scp b.yaml clouduser@10.0.0.11:~/b.yaml', ['warning utf-16-output']],
    ['Get-Content a | Out-File b.yaml; scp .\\b.yaml clouduser@10.0.0.11:~/', ['warning utf-16-output']],
    ['Get-Content a | Out-File b.yaml -Encoding ascii; scp b.yaml clouduser@10.0.0.11:~/', []],
    ['Set-Content b.yaml $text -Encoding Unicode; scp b.yaml clouduser@10.0.0.11:~/', ['warning utf-16-output']],
    ['Set-Content b.yaml $text; scp b.yaml clouduser@10.0.0.11:~/', ['notice ansi-output']],
    ['Get-Content a > b.yaml', []],
    ['mocctl security identity rotate --name x | Out-File login.yaml', ['notice utf-16-output']],
  ])('reports for %s: %j', (line, problems) => {
    expect(listProblems(line)).toEqual(problems);
  });
});
