import { describe, expect, test } from 'vitest';
import { checkCommand } from '../../../../../core/knowledge/model/cmdlets/command-check.ts';

function listProblems(line: string): string[] {
  return checkCommand(line).problems.map(({ code, severity }) => `${severity} ${code}`);
}

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
