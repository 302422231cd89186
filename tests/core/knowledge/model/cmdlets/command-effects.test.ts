import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../../../../../build/paths.mjs';
import { checkCommand } from '../../../../../core/knowledge/model/cmdlets/command-check.ts';
import { OBJECT_EFFECTS, PROTECTED_OBJECTS } from '../../../../../core/knowledge/model/cmdlets/protected-objects.ts';
import { commandProblemText } from '../../../../../core/knowledge/text/command-problem.ts';
import { statementText } from '../../../../../core/shared/text/statement.ts';
import { translator } from '../../../../../core/shared/text/text.ts';
import { fillCommand, listCommands } from '../../../../support/commands.ts';

const SSH = 'ssh -i (Get-MocConfig).sshPrivateKey clouduser@10.0.0.11';

/** Returns the severity and code of each problem, with the object that it concerns. */
function listEffects(line: string): string[] {
  return checkCommand(line).problems.map(({ code, severity, params }) => {
    const object = params['object']?.replace('command.object.', '');
    return [severity, code, object].filter((word) => word !== undefined).join(' ');
  });
}

describe('what a command does to an object of the product is reported', () => {
  test.each([
    // PowerShell
    ['Get-Date; Remove-Item $env:UserProfile\\.kube\\config', 'warning removes kubeconfig'],
    ['Get-Date\nRemove-Item $env:UserProfile\\.kube\\config', 'warning removes kubeconfig'],
    ['Remove-Item -Path:C:\\wssdcloudagent -Recurse', 'error removes agents'],
    ['Remove-Item -LiteralPath "$env:SystemDrive\\ProgramData\\wssdagent" -Recurse -Force', 'error removes agents'],
    ['Remove-Item C:\\* -Recurse', 'error removes agents'],
    ['Push-Location C:\\ProgramData; Remove-Item wssdagent -Recurse', 'error removes agents'],
    ['Invoke-Command -ComputerName h1 { Remove-Item C:\\wssdcloudagent -Recurse }', 'error removes agents'],
    ['icm h1 { Stop-Service wssdcloudagent }', 'warning switches-off cloud-agent'],
    ['Get-ChildItem C:\\wssdcloudagent | % { Remove-Item $_.FullName -Recurse }', 'error removes agents'],
    ['Move-Item ~\\.wssd D:\\old', 'warning removes access'],
    ['Clear-Content $HOME\\.kube\\config', 'warning removes kubeconfig'],
    ['Remove-Item C:\\AksHci\\.ssh\\akshci_rsa', 'error removes ssh-key'],
    ['Get-Content (Get-MocConfig).sshPrivateKey', 'warning shows ssh-key'],
    ['gc $env:UserProfile\\.wssd\\mocctl\\cloudconfig | Select-Object -First 3', 'warning shows access'],
    ['Write-Host (Get-Content .\\cloudlogin.yaml)', 'warning shows login'],
    ['Select-String -Path $HOME\\.kube\\config -Pattern client-key-data', 'warning shows kubeconfig'],
    ['Select-String server $HOME\\.kube\\config -Context 0,20', 'warning shows kubeconfig'],
    ['Select-String server $HOME\\.kube\\config -NotMatch', 'warning shows kubeconfig'],
    ['findstr /n data %USERPROFILE%\\.kube\\config', 'warning shows kubeconfig'],
    ['jq . D:\\AksHci\\psconfig.json', 'warning shows login'],
    [
      'Invoke-RestMethod http://files/x -Method Post -InFile C:\\AksHci\\.ssh\\akshci_rsa',
      'warning copies-away ssh-key',
    ],
    ['curl.exe -T C:\\AksHci\\.ssh\\akshci_rsa http://files/x', 'warning copies-away ssh-key'],
    ['curl.exe --upload-file=C:\\AksHci\\.ssh\\akshci_rsa http://files/x', 'warning copies-away ssh-key'],
    ['curl.exe --upload-file="C:\\AksHci\\.ssh\\akshci_rsa" http://files/x', 'warning copies-away ssh-key'],
    ['curl.exe -F file=@C:\\AksHci\\.ssh\\akshci_rsa http://files/x', 'warning copies-away ssh-key'],
    [
      'Set-ItemProperty HKLM:\\SYSTEM\\CurrentControlSet\\Services\\wssdcloudagent -Name Start -Value 4',
      'warning switches-off cloud-agent',
    ],
    [
      'reg add HKLM\\SYSTEM\\CurrentControlSet\\Services\\wssdcloudagent /v Start /t REG_DWORD /d 4 /f',
      'warning switches-off cloud-agent',
    ],
    ['New-Item $HOME\\.kube\\config -Force', 'warning removes kubeconfig'],
    ['curl.exe -o $HOME\\.kube\\config https://files/x', 'warning removes kubeconfig'],
    ['Invoke-WebRequest https://files/x -OutFile:$HOME\\.kube\\config', 'warning removes kubeconfig'],
    [`${SSH} 'sudo wget -O /etc/kubernetes/pki/ca.crt https://files/x'`, 'error removes authorities'],
    [`${SSH} 'sudo curl --output=/etc/kubernetes/pki/ca.crt https://files/x'`, 'error removes authorities'],
    ['(Get-AksHciConfig).Kva.identity', 'warning shows login'],
    ['Get-KvaConfig | ConvertTo-Json', 'warning shows login'],
    ['Copy-Item $env:UserProfile\\.wssd -Recurse D:\\users\\second', 'warning copies-away access'],
    ['Copy-Item -Path (Get-MocConfig).sshPrivateKey -Destination \\\\files\\share', 'warning copies-away ssh-key'],
    ['Copy-Item ~\\.kube\\config -ToSession $s -Destination C:\\', 'warning copies-away kubeconfig'],
    ['Set-Service wssdcloudagent -StartupType Disabled', 'warning switches-off cloud-agent'],
    ['Stop-ClusterGroup -Name (Get-MocConfig).clusterRoleName', 'warning switches-off cloud-agent'],
    ['Remove-ClusterGroup ca-0f1e -RemoveResources -Force', 'error removes cloud-agent'],
    ['Get-ClusterGroup | Stop-ClusterGroup', 'warning all-at-once'],
    ['Rename-Item C:\\wssdcloudagent old', 'error removes agents'],
    ['Copy-Item D:\\old\\* C:\\wssdcloudagent -Recurse -Force', 'error removes agents'],
    ['Copy-Item .\\old.config $env:UserProfile\\.kube\\config -Force', 'warning removes kubeconfig'],
    ['Copy-Item D:\\b\\akshci_rsa C:\\AksHci\\.ssh', 'warning copies-away ssh-key', 'error removes ssh-key'],
    ['Move-Item .\\x C:\\AksHci\\.ssh\\akshci_rsa -Force', 'error removes ssh-key'],
    ['Copy-Item D:\\old\\config -Destination "$HOME\\.kube" -Force', 'warning removes kubeconfig'],
    ['Remove-Item C:\\wssdcloudagent -Recurse -WhatIf:$false', 'error removes agents'],
    ['Remove-Item C:\\wssdcloudagent -WhatIf: $false', 'error removes agents'],
    ['robocopy C:\\empty C:\\wssdcloudagent /MIR', 'error removes agents'],
    ['notepad (Get-MocConfig).sshPrivateKey', 'warning shows ssh-key'],
    ["Set-Content $HOME\\.kube\\config ''", 'warning removes kubeconfig'],
    ['Stop-Cluster -Force', 'warning switches-off node-service'],
    ['Get-Service wssd* | Stop-Service', 'warning switches-off cloud-agent'],
    ['kubectl delete secrets --all', 'warning all-at-once', 'warning removes secret'],
    ['Get-ClusterNode | % { Restart-Computer $_ -Force }', 'warning all-at-once', 'warning reboot machine'],
    ['Get-VM | Stop-VM -Force', 'warning all-at-once', 'warning reboot machine'],
    ['Remove-VM moc-l1 -Force', 'error removes machine'],
    [
      'Get-ClusterNode | % { icm $_ { Restart-Service wssdagent } }',
      'warning all-at-once',
      'notice switches-off node-agent',
    ],
    [
      'icm (Get-ClusterNode).Name { Stop-Service wssdagent -Force }',
      'warning all-at-once',
      'notice switches-off node-agent',
    ],
    [
      'foreach ($n in Get-ClusterNode) { icm $n { kill -Name wssdagent } }',
      'warning all-at-once',
      'notice switches-off node-agent',
    ],
    // Command prompt and other shells on the host
    ['cmd /c "rd /s /q C:\\wssdcloudagent"', 'error removes agents'],
    ['cmd.exe /c del /q %USERPROFILE%\\.kube\\config', 'warning removes kubeconfig'],
    ['net stop wssdcloudagent', 'warning switches-off cloud-agent'],
    ['sc.exe \\\\h2 stop wssdcloudagent', 'warning switches-off cloud-agent'],
    ['sc.exe delete wssdagent', 'error removes node-agent'],
    ['taskkill /F /IM wssdcloudagent.exe', 'warning switches-off cloud-agent'],
    ['reg delete HKLM\\SOFTWARE\\Microsoft\\MocPS /f', 'error removes agents'],
    ['powershell -NoProfile -Command "Remove-Item C:\\AksHci -Recurse"', 'error removes agents'],
    ["iex 'Stop-Service wssdcloudagent'", 'warning switches-off cloud-agent'],
    ['Start-Process powershell -ArgumentList "Uninstall-AksHci" -Verb RunAs', 'error removes host'],
    // A node
    [`${SSH} sudo rm -rf /etc/kubernetes/pki`, 'error removes keys'],
    [`${SSH} "cd /etc/kubernetes; sudo rm -r pki/etcd"`, 'error removes keys'],
    [`${SSH} 'sudo rm /etc/kubernetes/pki/apiserver.crt'`, 'error removes authorities'],
    [`${SSH} 'sudo rm -f /etc/kubernetes/pki/cert-tattoo-*'`, 'warning removes tattoo'],
    [`${SSH} 'sudo find /etc/kubernetes/pki -name "*.key" -exec shred {} +'`, 'error removes keys'],
    [`${SSH} 'sudo find / -name ca.key -delete'`, 'error removes keys'],
    [`${SSH} 'sudo find /tmp /etc/kubernetes -type f -delete'`, 'error removes keys'],
    [`${SSH} 'sudo find /tmp/x.log /etc/kubernetes -delete'`, 'error removes keys'],
    [`${SSH} 'sudo find /var/lib -name "*.snap" -o -name "*.log" -delete'`, 'error removes etcd'],
    [`${SSH} 'sudo find /etc/kubernetes/pki -name "*" -not -name "*.log" -delete'`, 'error removes keys'],
    [`${SSH} 'ls -d /var/lib/etcd/* | sudo xargs rm -r'`, 'error removes etcd'],
    [`${SSH} 'sudo bash -c "rm -rf /var/lib/etcd"'`, 'error removes etcd'],
    [`${SSH} 'sudo sh -c "> /etc/kubernetes/pki/sa.key"'`, 'error removes keys'],
    [`${SSH} 'echo x | sudo tee /etc/kubernetes/pki/ca.crt'`, 'error removes authorities'],
    [`${SSH} 'sudo rm /opt/wssd/k8s/cloudlogin.yaml'`, 'warning removes kms-login'],
    [`${SSH} 'sudo cp /dev/null /etc/kubernetes/pki/ca.key'`, 'error removes keys'],
    [`${SSH} 'sudo mv /tmp/new.crt /etc/kubernetes/pki/ca.crt'`, 'error removes authorities'],
    [`${SSH} 'sudo cp new.key /etc/kubernetes/pki'`, 'error removes keys'],
    [`${SSH} 'sudo cp -r /home/clouduser/empty/. /var/lib/etcd'`, 'error removes etcd'],
    [`${SSH} 'sudo cp admin.new /etc/kubernetes/admin.conf'`, 'warning removes control-plane'],
    [`${SSH} 'sudo rm -rf /var/lib/kubelet/pki'`, 'warning removes kubelet'],
    [`${SSH} 'sudo mv /etc/kubernetes/manifests/etcd.yaml /tmp'`, 'warning removes control-plane'],
    [`${SSH} 'sudo cat /opt/wssd/k8s/cloudlogin.yaml'`, 'warning shows kms-login'],
    [`${SSH} 'sudo head -5 /etc/kubernetes/pki/ca.key | base64'`, 'warning shows keys'],
    [`${SSH} 'sudo openssl rsa -in /etc/kubernetes/pki/sa.key -text'`, 'warning shows keys'],
    [`${SSH} 'sudo openssl rsa -in /etc/kubernetes/pki/sa.key -noout -text'`, 'warning shows keys'],
    [`${SSH} 'sudo cat /etc/kubernetes/admin.conf'`, 'warning shows control-plane'],
    [`${SSH} 'sudo cut -c1-80 /etc/kubernetes/pki/ca.key'`, 'warning shows keys'],
    [`${SSH} 'sudo sort /etc/kubernetes/pki/ca.key | uniq'`, 'warning shows keys'],
    [`${SSH} 'sudo grep data /etc/kubernetes/admin.conf'`, 'warning shows control-plane'],
    [`${SSH} 'sudo grep -n "certificate" /etc/kubernetes/admin.conf'`, 'warning shows control-plane'],
    [`${SSH} 'sudo grep -iv server /etc/kubernetes/admin.conf'`, 'warning shows control-plane'],
    [`${SSH} 'sudo grep -A5 users /etc/kubernetes/admin.conf'`, 'warning shows control-plane'],
    [`${SSH} 'sudo grep server -C 9 /etc/kubernetes/admin.conf'`, 'warning shows control-plane'],
    [`${SSH} 'sudo grep --invert-match x /etc/kubernetes/admin.conf'`, 'warning shows control-plane'],
    [`${SSH} 'sudo cp /etc/kubernetes/pki/ca.key /tmp/'`, 'warning copies-away keys'],
    [`${SSH} 'sudo tar czf /tmp/k.tgz /etc/kubernetes/pki'`, 'warning copies-away keys'],
    [`${SSH} 'sudo systemctl stop kubelet'`, 'warning switches-off node-service'],
    [`${SSH} 'sudo crictl stop $(sudo crictl ps -aq)'`, 'warning all-at-once'],
    [`${SSH} 'sudo crictl ps -q | xargs sudo crictl rm -f'`, 'warning all-at-once'],
    [`${SSH} 'sudo crictl rm -a -f'`, 'warning all-at-once'],
    [`${SSH} 'sudo crictl rm -fa'`, 'warning all-at-once'],
    [`${SSH} 'sudo crictl rmp --force --all'`, 'warning all-at-once'],
    [`${SSH} 'sudo rm -rf --no-preserve-root /'`, 'error removes keys'],
    [`${SSH} 'sudo rm -rf /etc/./kubernetes/manifests/../pki/'`, 'error removes keys'],
    [`${SSH} 'sudo kubeadm reset -f'`, 'error removes keys'],
    [`${SSH} 'sudo reboot'`, 'warning reboot machine'],
    ['sudo rm -rf /etc/kubernetes/pki/etcd', 'error removes keys'],
    ['ssh CONTOSO\\admin@10.0.0.21 "del C:\\ProgramData\\wssdagent\\x"', 'error removes agents'],
    ['scp -i k clouduser@10.0.0.11:/etc/kubernetes/pki/ca.key .', 'warning copies-away keys'],
    ['scp (Get-MocConfig).sshPrivateKey clouduser@10.0.0.11:~/', 'warning copies-away ssh-key'],
    ['scp ca.crt clouduser@10.0.0.11:/etc/kubernetes/pki/ca.crt', 'error removes authorities'],
    // kubectl
    ['kubectl delete ns kube-system', 'error removes system'],
    ['kubectl delete ns kube-system --dry-run=none', 'error removes system'],
    ['kubectl delete --grace-period 0 ns kube-system', 'error removes system'],
    ['kubectl --as admin -v 6 delete ns kube-system', 'error removes system'],
    ['kubectl delete ds certificate-renewal-worker -nkube-system', 'error removes system'],
    ['kubectl get --request-timeout 5s secret caphlogintoken -oyaml', 'warning shows secret'],
    ['kubectl --kubeconfig k delete namespace/kube-system', 'error removes system'],
    ['kubectl delete daemonset certificate-renewal-worker -n kube-system', 'error removes system'],
    ['kubectl -n=kube-system delete deploy,cm --all', 'error removes system'],
    ['kubectl delete secret,ds x -n kube-system', 'error removes system'],
    ['kubectl delete pod,ds x -n kube-system', 'error removes system'],
    ['kubectl get cm,secret -n kube-system -o yaml', 'warning shows secret'],
    [`${SSH} 'sudo kubectl delete cm,ds x -n kube-system'`, 'error removes system'],
    [`${SSH} sudo kubectl delete cm,ds x -n kube-system`, 'error removes system'],
    ['kubectl delete crd renewrevocations.certificates.microsoft.com', 'error removes system'],
    ['kubectl delete machines.cluster.x-k8s.io --all', 'error removes system'],
    ['kubectl delete pods --all -n kube-system', 'warning all-at-once'],
    ['kubectl scale deploy/coredns -n kube-system --replicas 0', 'warning switches-off system'],
    ['kubectl scale deploy/coredns -n kube-system --replicas=0', 'warning switches-off system'],
    ['kubectl delete secret caphlogintoken', 'warning removes secret'],
    ['kubectl get secret caphlogintoken -o yaml', 'warning shows secret'],
    ["kubectl get secret caphlogintoken -o='yaml'", 'warning shows secret'],
    ["kubectl delete ds x '-nkube-system'", 'error removes system'],
    ["kubectl get secrets -A -o jsonpath='{.items[*].data}'", 'warning shows secret'],
    ['kubectl delete renewrevocation --all -n kube-system', 'warning all-at-once', 'warning removes revocation'],
    ['kubectl get csr -o name | % { kubectl certificate approve $_ }', 'warning all-at-once'],
    ['kubectl edit secret caphlogintoken', 'warning shows secret'],
    ['kubectl delete node moc-l1', 'error removes machine'],
    ['kubectl exec etcd-0 -n kube-system -- rm -rf /var/lib/etcd/member', 'error removes etcd'],
    ['kubectl debug node/n1 -it --image=busybox -- rm -rf /host/var/lib/etcd', 'error removes etcd'],
    ['kubectl debug node/n1 -it --image=busybox -- chroot /host rm -rf /etc/kubernetes/pki', 'error removes keys'],
    ['kubectl debug node/n1 -it --image=busybox -- rm -rf /host', 'error removes keys'],
    ["kubectl get secret x -o jsonpath='{.metadata.annotations}'", 'warning shows secret'],
    ["kubectl get secret x -o jsonpath='{.type}{.data}'", 'warning shows secret'],
    ["kubectl get secrets -o jsonpath='{.items[*]}'", 'warning shows secret'],
    ["kubectl get secret x --template='{{.data}}'", 'warning shows secret'],
    ["kubectl get secrets -o jsonpath='{..}{.type}'", 'warning shows secret'],
    ['kubectl get secret x -o go-template="{{.}}{{.type}}"', 'warning shows secret'],
    ['kubectl get secret x -o custom-columns=T:.type,D:.data', 'warning shows secret'],
    ['kubectl exec x -- sh -c "cat /etc/kubernetes/pki/etcd/ca.key"', 'warning shows keys'],
    ['kubectl cp kube-system/etcd-0:/etc/kubernetes/pki/etcd/server.key k', 'warning copies-away keys'],
    ['kubectl cp k.key kube-system/etcd-0:/etc/kubernetes/pki/etcd/server.key', 'error removes keys'],
    [`${SSH} 'sudo echo \`rm -rf /etc/kubernetes/pki\`'`, 'error removes keys'],
    [`${SSH} 'echo "a \`sudo cat /etc/kubernetes/pki/ca.key\` b"'`, 'warning shows keys'],
    [`${SSH} 'sh -c "echo \\\`rm -rf /var/lib/etcd\\\`"'`, 'error removes etcd'],
    [`${SSH} 'sh -c "echo \\"$(rm -rf /var/lib/etcd)\\""'`, 'error removes etcd'],
    [`${SSH} '[ -n "$(rm -rf /var/lib/etcd)" ] && echo yes'`, 'error removes etcd'],
    [`${SSH} "echo 'it'\\''s'; rm -rf /var/lib/etcd"`, 'error removes etcd'],
    [`${SSH} "echo \\' ; rm -rf /var/lib/etcd ; echo \\'"`, 'error removes etcd'],
    [`${SSH} "echo '’'; rm -rf /var/lib/etcd; echo '’'; ls -- --% <# x"`, 'error removes etcd'],
    [`${SSH} 'echo --% x; rm -rf /var/lib/etcd; echo <# x; rm -rf /var/lib/etcd'`, 'error removes etcd'],
    [`${SSH} "sudo rm -rf \\\n/var/lib/etcd"`, 'error removes etcd'],
    [`${SSH} "echo \\'\\' it\\'s; rm -rf /var/lib/etcd"`, 'error removes etcd'],
    [`${SSH} "echo 'a\\'; rm -rf /var/lib/etcd; echo 'b\\'"`, 'error removes etcd'],
    [`${SSH} "echo $'a\\''; rm -rf /var/lib/etcd; echo \\'"`, 'error removes etcd'],
    [`${SSH} 'echo "it''s \\\\"; rm -rf /var/lib/etcd; echo "it''s"'`, 'error removes etcd'],
    [`${SSH} 'sudo systemctl start reboot.target'`, 'warning reboot machine'],
    [`${SSH} 'sudo systemctl isolate poweroff.target'`, 'warning reboot machine'],
    [`${SSH} 'sudo sort -o /etc/kubernetes/pki/ca.crt /tmp/x'`, 'error removes authorities'],
    [`${SSH} 'sudo sort -uo/etc/kubernetes/pki/ca.crt /tmp/x'`, 'error removes authorities'],
    [`${SSH} 'sudo sort /tmp/x --output=/etc/kubernetes/pki/ca.crt'`, 'error removes authorities'],
    [`${SSH} 'sudo openssl x509 -in /tmp/x -out /etc/kubernetes/pki/ca.crt'`, 'error removes authorities'],
    ['openssl x509 -in x -out $HOME\\.kube\\config', 'warning removes kubeconfig'],
    [`${SSH} 'sudo wget -o /etc/kubernetes/pki/ca.crt https://files/x'`, 'error removes authorities'],
    [`${SSH} 'sudo uniq /tmp/x /etc/kubernetes/pki/ca.crt'`, 'error removes authorities'],
    [`${SSH} 'sudo etcdctl get --prefix /registry'`, 'warning shows secret'],
    ['kubectl exec etcd-0 -n kube-system -- etcdctl get / --prefix -w json', 'warning shows secret'],
    [`${SSH} 'sudo strings /var/lib/etcd/member/snap/db'`, 'warning shows etcd'],
    [`${SSH} 'sudo find /etc/kubernetes/pki -okdir rm {} \\;'`, 'error removes keys'],
    [`${SSH} 'sudo find /etc/kubernetes/pki -execdir rm {} +'`, 'error removes keys'],
    [`${SSH} 'sudo find /tmp -exec ls {} \\; -exec rm -rf /etc/kubernetes/pki \\;'`, 'error removes keys'],
    [`${SSH} 'sudo find /etc/kubernetes/pki -exec ls {} + -delete'`, 'error removes keys'],
    [`${SSH} 'sudo find /etc/kubernetes/pki -exec sh -c "rm -f {}" \\;'`, 'error removes keys'],
    [`${SSH} 'sudo find /etc/kubernetes/pki -name "*.key" -exec cat {} \\; -print'`, 'warning shows keys'],
    [`${SSH} 'sudo find / -fprint /etc/kubernetes/pki/ca.crt'`, 'error removes authorities'],
    [`${SSH} 'sudo find / -name x -fprintf /etc/kubernetes/pki/ca.crt %p'`, 'error removes authorities'],
    [`${SSH} 'sudo find /tmp -type f -exec cp /etc/kubernetes/pki/ca.key {} \\;'`, 'warning copies-away keys'],
    ['kubectl get --raw /api/v1/secrets', 'warning shows secret'],
    ['kubectl get --raw=/api/v1/namespaces/kube-system/secrets/x', 'warning shows secret'],
    ['Get-Date 2> $HOME\\.kube\\config > x.txt', 'warning removes kubeconfig'],
    ["'x' > $HOME\\.kube\\config", 'warning removes kubeconfig'],
    ['$x > $HOME\\.kube\\config', 'warning removes kubeconfig'],
    ['> $HOME\\.kube\\config', 'warning removes kubeconfig'],
    ['(Get-Date) >> C:\\AksHci\\.ssh\\akshci_rsa', 'error removes ssh-key'],
    ['1..3 > C:\\AksHci\\.ssh\\akshci_rsa', 'error removes ssh-key'],
    ['if ($x) { Get-Date } > C:\\AksHci\\.ssh\\akshci_rsa', 'error removes ssh-key'],
    ["cd ~\\.kube; 'x' > config", 'warning removes kubeconfig'],
    ['Add-Content $HOME\\.kube\\config x', 'warning removes kubeconfig'],
    ['ac -Path C:\\AksHci\\.ssh\\akshci_rsa -Value x', 'error removes ssh-key'],
    ['Get-Date | Export-Csv -NoTypeInformation -Path $HOME\\.kube\\config', 'warning removes kubeconfig'],
    ['Get-Date | Export-Clixml $HOME\\.kube\\config', 'warning removes kubeconfig'],
    ['Export-FormatData -Path $HOME\\.kube\\config', 'warning removes kubeconfig'],
    ['Export-Certificate -Cert $c -FilePath $HOME\\.kube\\config', 'notice not-known', 'warning removes kubeconfig'],
    ['Get-VMDrive -VMName node-1', 'notice not-known'],
    ['Get-ClusterNodes', 'warning typo'],
    ['Start-Transcript $HOME\\.kube\\config', 'warning removes kubeconfig'],
    ['Start-Transcript -IncludeInvocationHeader -Append C:\\AksHci\\.ssh\\akshci_rsa', 'error removes ssh-key'],
    [`${SSH} 'sudo sed --in-place s/a/b/ /etc/kubernetes/pki/ca.crt'`, 'error removes authorities'],
    [`${SSH} 'sudo sed --in-place=.bak s/a/b/ /etc/kubernetes/manifests/etcd.yaml'`, 'warning removes control-plane'],
    [`${SSH} 'X=$(sudo sed -i s/a/b/ /etc/kubernetes/pki/ca.crt)'`, 'error removes authorities'],
    [`${SSH} 'sudo tar -xzf /tmp/x.tgz -C /etc/kubernetes/pki'`, 'error removes keys'],
    [`${SSH} 'sudo tar xf /tmp/x.tgz --directory=/var/lib/etcd'`, 'error removes etcd'],
    [`${SSH} 'sudo tar -C /etc/kubernetes/pki --extract --file /tmp/x.tar'`, 'error removes keys'],
    [`${SSH} 'sudo tar czf /tmp/x.tgz -C /etc/kubernetes pki'`, 'warning copies-away keys'],
    [`${SSH} 'sudo tar -czf /tmp/x.tgz --directory /etc kubernetes/pki/ca.key'`, 'warning copies-away keys'],
    [`${SSH} 'sudo tar cf /etc/kubernetes/pki/ca.crt /tmp/x'`, 'error removes authorities'],
    [`${SSH} 'sudo tar czf /tmp/x.tgz -C /etc kubernetes -C kubernetes/pki ca.key'`, 'warning copies-away keys'],
    [`${SSH} 'sudo tar czf /tmp/x.tgz -C /tmp a -C/etc/kubernetes pki'`, 'warning copies-away keys'],
    [`${SSH} 'sudo tar cfC /tmp/x.tar / etc/kubernetes/pki'`, 'warning copies-away keys'],
    [`${SSH} 'sudo tar xCf /etc/kubernetes/pki /tmp/x.tar'`, 'error removes keys'],
    [`${SSH} 'sudo tar xzfC /tmp/x.tgz /etc/kubernetes/pki'`, 'error removes keys'],
    [`${SSH} 'sudo tar -xf /tmp/x.tar -C/etc/kubernetes/pki'`, 'error removes keys'],
    [`${SSH} 'sudo tar -xf /tmp/x.tar --directo=/etc/kubernetes/pki'`, 'error removes keys'],
    [`${SSH} 'sudo tar -xf /tmp/x.tar --dir /etc/kubernetes/pki'`, 'error removes keys'],
    [`${SSH} 'sudo tar xf /tmp/x.tar -C /etc/x --one-top-level=../kubernetes/pki'`, 'error removes keys'],
    [`${SSH} 'sudo tar tf /tmp/x.tar --index-file=/etc/kubernetes/pki/ca.crt'`, 'error removes authorities'],
    [
      `${SSH} 'sudo tar cf /tmp/x.tar --listed-incremental=/etc/kubernetes/pki/ca.crt /tmp'`,
      'error removes authorities',
    ],
    [`${SSH} 'sudo tar cgf /etc/kubernetes/pki/ca.crt /tmp/x.tar /tmp'`, 'error removes authorities'],
    [`${SSH} 'cd /etc; sudo tar xf /tmp/x.tar -C kubernetes/pki'`, 'error removes keys'],
    [`${SSH} 'cd /; sudo rm -rf etc/kubernetes/pki'`, 'error removes keys'],
    [`${SSH} 'cd /; sudo rm -rf *'`, 'error removes keys'],
    [`${SSH} 'cd /tmp; cd; rm .ssh/akshci_rsa'`, 'error removes ssh-key'],
    [`${SSH} 'cd / && sudo cat etc/kubernetes/pki/ca.key'`, 'warning shows keys'],
    ['cd \\; Remove-Item wssdcloudagent -Recurse', 'error removes agents'],
    ['Get-Content C:\\AksHci\\.ssh\\akshci_rsa | % { $_ }', 'warning shows ssh-key'],
    ['Get-Content C:\\AksHci\\psconfig.json | ConvertFrom-Json', 'warning shows login'],
    ['(kubectl get secret x -o json | ConvertFrom-Json).data', 'warning shows secret'],
    [`${SSH} 'ls /etc/kubernetes/pki/ca.key | sudo xargs -n 1 cat'`, 'warning shows keys'],
    [`${SSH} 'echo /etc/kubernetes/pki/ca.key | xargs sudo base64'`, 'warning shows keys'],
    [`${SSH} 'ls /etc/kubernetes/pki/*.key | sudo xargs -I {} rm {}'`, 'error removes keys'],
    [`${SSH} 'ls /etc/kubernetes/pki/*.key | sudo xargs -I{} rm -f {}'`, 'error removes keys'],
    [`${SSH} 'ls /etc/kubernetes/pki/*.key | sudo xargs -i rm {}'`, 'error removes keys'],
    [`${SSH} 'ls /etc/kubernetes/pki/*.key | sudo xargs -r -I % cat %'`, 'warning shows keys'],
    [`${SSH} 'ls /etc/kubernetes/pki/*.key | xargs -IF sudo base64 F'`, 'warning shows keys'],
    [`${SSH} 'ls /etc/kubernetes/pki/*.key | xargs --replace=F sudo rm F'`, 'error removes keys'],
    [`${SSH} 'ls /etc/kubernetes/pki/*.key | sudo xargs --replace cp {} /tmp'`, 'warning copies-away keys'],
    [`${SSH} 'ls /etc/kubernetes/pki/*.key | sudo xargs -I {} cp /dev/null {}'`, 'error removes keys'],
    [`${SSH} 'ls /etc/kubernetes/pki/*.key | sudo xargs -I {} sh -c "cat {}"'`, 'warning shows keys'],
    [`${SSH} 'echo rm -rf /var/lib/etcd | xargs -I {} sh -c {}'`, 'error removes etcd'],
    [`${SSH} 'echo reboot | sudo xargs -0rI {} {}'`, 'warning reboot machine'],
    [`${SSH} 'ls /var/lib/etcd/* | xargs grep -I -i key'`, 'warning shows etcd'],
    [`${SSH} 'ls -d /var/lib/etcd | sudo xargs rm -rf /tmp/x'`, 'error removes etcd'],
    [`${SSH} 'ls -d /etc/kubernetes/pki | sudo xargs -I @ rm @/ca.key'`, 'error removes keys'],
    ['ls /etc/kubernetes/pki/ca.key | sudo xargs -I {} rm {}', 'error removes keys', 'notice not-known'],
    [`${SSH} 'sudo find /tmp /etc/kubernetes/pki -exec rm {}/ca.key \\;'`, 'error removes keys'],
    [`${SSH} 'sudo xxd -s -0x10 -l 16 -n x /etc/kubernetes/pki/ca.key'`, 'warning shows keys'],
    [`${SSH} 'sudo xxd -r /tmp/x /etc/kubernetes/pki/ca.key'`, 'error removes keys'],
    [`${SSH} 'sudo uniq -f 1 /tmp/x /etc/kubernetes/pki/ca.crt'`, 'error removes authorities'],
    [`${SSH} 'sudo systemctl start kubelet reboot.target'`, 'warning reboot machine'],
    [`${SSH} 'sudo systemctl reload-or-restart kubelet --no-block poweroff.target'`, 'warning reboot machine'],
    [`${SSH} 'sudo find /var/lib/etcd -exec ls {} ";" -delete'`, 'error removes etcd'],
    [`${SSH} "find /var/lib/etcd -exec ls + ';' -ok ls {} \\; -exec rm -rf {} +"`, 'error removes etcd'],
    [`${SSH} 'find /tmp -exec rm -f + /var/lib/etcd \\;'`, 'error removes etcd'],
    [`${SSH} 'sudo rm -rf /var/log/../../etc/kubernetes/pki'`, 'error removes keys'],
    [`${SSH} 'cd /var/log; cd ..; sudo rm -rf ../../var/lib/etcd'`, 'error removes etcd'],
    [`${SSH} 'cd /etc/kubernetes/pki; sudo cat ./../pki/./ca.key'`, 'warning shows keys'],
    ['cd C:\\AksHci\\x; Remove-Item ..\\..\\..\\wssdcloudagent -Recurse', 'error removes agents'],
    ['Get-ChildItem $HOME\\.kube\\config | Get-Content', 'warning shows kubeconfig'],
    [`${SSH} 'cd /etc/kubernetes/pki; sudo tar xf /tmp/x.tgz'`, 'error removes keys'],
    [`${SSH} 'cd /etc/kubernetes/pki; sudo rm ./ca.key'`, 'error removes keys'],
    [`${SSH} 'sudo sed -i.bak s/a/b/ /etc/kubernetes/pki/ca.crt'`, 'error removes authorities'],
    [`${SSH} 'sudo zcat /etc/kubernetes/pki/ca.key'`, 'warning shows keys'],
    [`${SSH} 'sudo zgrep data /etc/kubernetes/admin.conf'`, 'warning shows control-plane'],
    [`${SSH} 'sudo egrep "data|key" /etc/kubernetes/admin.conf'`, 'warning shows control-plane'],
    [`${SSH} 'sudo diff /tmp/x /etc/kubernetes/pki/ca.key'`, 'warning shows keys'],
    ['Microsoft.PowerShell.Management\\New-Item $HOME\\.kube\\config -Force', 'warning removes kubeconfig'],
    [`${SSH} 'sudo systemctl stop kubelet.service'`, 'warning switches-off node-service'],
    [`${SSH} 'sudo systemctl mask --now containerd.service'`, 'warning switches-off node-service'],
    [`${SSH} 'sudo cp --target-directory=/etc/kubernetes/pki /tmp/ca.key'`, 'error removes keys'],
    [`${SSH} 'sudo cp -ft /etc/kubernetes/pki /tmp/ca.key'`, 'error removes keys'],
    [`${SSH} 'sudo cp -t/etc/kubernetes/pki /tmp/ca.key'`, 'error removes keys'],
    [`${SSH} 'sudo mv --target=/etc/kubernetes/pki /tmp/ca.key'`, 'error removes keys'],
    [`${SSH} 'sudo wget -P/etc/kubernetes/pki https://files/ca.crt'`, 'error removes keys'],
    [`${SSH} 'sudo wget -P /etc/kubernetes/pki https://files/ca.crt'`, 'error removes keys'],
    [`${SSH} 'sudo curl --output-dir /etc/kubernetes/pki -O https://files/ca.crt'`, 'error removes keys'],
    ['Out-File -InputObject x -FilePath $HOME\\.kube\\config', 'warning removes kubeconfig'],
    ['Set-Content x -Path $HOME\\.kube\\config', 'warning removes kubeconfig'],
    ['Copy-Item $HOME\\.kube\\config -Path C:\\temp\\config', 'warning removes kubeconfig'],
    ['kubectl config view --raw', 'warning shows kubeconfig'],
  ])('%s: %s', (line, ...expected) => {
    const effects = listEffects(line).filter((each) => !/command-prompt-variable|other-product/u.test(each));
    expect(effects).toEqual(expected);
    expect(checkCommand(line).ok).toBe(false);
  });

  test.each([
    ['Stop-Service wssdagent -Force', 'notice switches-off node-agent'],
    ['Restart-Service -Name wssdagent', 'notice switches-off node-agent'],
    [`${SSH} 'sudo rm /etc/kubernetes/pki/cert-tattoo-kubelet.yaml'`, 'notice removes tattoo'],
    ['kubectl delete renewrevocation old -n kube-system', 'notice removes revocation'],
  ])('%s is only noted, because a documented remedy does it', (line, effect) => {
    expect(listEffects(line)).toEqual([effect]);
    expect(checkCommand(line).ok).toBe(true);
  });

  test('and the object is marked, even in the command of another shell', () => {
    for (const line of [`${SSH} 'sudo cat /etc/kubernetes/pki/ca.key'`, 'Remove-Item C:\\x, C:\\wssdcloudagent']) {
      const [problem] = checkCommand(line).problems;
      const marked = line.slice(problem?.at, (problem?.at ?? 0) + (problem?.length ?? 0));
      expect(['/etc/kubernetes/pki/ca.key', 'C:\\wssdcloudagent']).toContain(marked);
    }
  });

  test.each([
    [`${SSH} 'sudo rm -rf /var/lib/etcd'`, 'This removes the data of etcd, '],
    [`${SSH} 'sudo cp x.db /var/lib/etcd'`, 'This overwrites the data of etcd, '],
    ['Remove-Item ~\\.kube\\config', 'This removes a kubeconfig with its private key. Make a copy first, '],
    ['Set-Content ~\\.kube\\config x', 'This overwrites a kubeconfig with its private key. Make a copy first, '],
    ['Uninstall-AksHci', 'This permanently removes EVERY workload cluster and the host. '],
    ['Remove-AksHciCluster -name a', 'This permanently removes a cluster with everything that runs in it. '],
    ['Remove-Item ~\\.wssd -Recurse', 'The documented remedy copies and removes only .wssd\\kvactl\\cloudconfig.'],
    ['kubectl delete renewrevocation x', 'This removes a revocation. The cluster may then issue '],
  ])('in words that match the effect: %s: %s', (line, text) => {
    const [problem] = checkCommand(line).problems;
    expect(problem && commandProblemText(problem, translator('en'))).toContain(text);
  });

  test.each([
    ['Restart-AksHci', 'documented', 'Restart-AksHci'],
    ['Uninstall-AksHci', 'documented', 'Uninstall-AksHci'],
    ['Remove-AksHciCluster -name a', 'documented', 'Remove-AksHciCluster'],
    ['Restart-VM moc-l1', 'documented', 'more than 60 days'],
    ['Remove-VM moc-l1', 'inferred', 'cluster-parts'],
    ['kubectl delete node moc-l1', 'inferred', 'cluster-parts'],
    ['kubectl delete ds certificate-renewal-worker -n kube-system', 'inferred', 'cluster-parts'],
    ['Stop-Cluster', 'inferred', 'cluster-parts'],
    [`${SSH} 'sudo rm -rf /var/lib/etcd'`, 'inferred', ''],
  ])('with a source that supports it: %s', (line, certainty, place) => {
    const { citations = [] } = checkCommand(line).problems.find(({ params }) => params['object'] !== undefined) ?? {};
    expect(citations[0]?.certainty).toBe(certainty);
    expect([citations[0]?.place].flat().join(' ')).toContain(place);
  });
});

describe('a destructive command is reported in any form', () => {
  test.each([
    ['Restart-AksHci', ['error removes host']],
    ['AksHci\\Restart-AksHci', ['error removes host']],
    ['Reinstall-AksHci', ['error removes host']],
    ['Uninstall-AksHci -skipConfigCleanup', ['error removes host']],
    ['powershell -NoProfile -Command "Restart-AksHci"', ['error removes host']],
    ['Invoke-Command -ComputerName n1 { Uninstall-AksHci }', ['error removes host']],
    ['Remove-AksHciCluster -name east', ['warning removes cluster']],
    [
      'Get-AksHciCluster | Remove-AksHciCluster -Confirm:$false',
      ['error removes every-cluster', 'error missing-parameter'],
    ],
    ['Get-AksHciCluster | % { Remove-AksHciCluster -name $_.Name }', ['error removes every-cluster']],
    ['foreach ($c in (Get-AksHciCluster)) { Remove-AksHciCluster -name $c.Name }', ['error removes every-cluster']],
    [
      'Get-AksHciCluster | ? { $_.Name -eq "old" } | % { Remove-AksHciCluster -name $_.Name }',
      ['warning removes cluster'],
    ],
    ['Remove-Item -Recurse -Force $env:UserProfile\\.wssd', ['warning removes access']],
    ['rm -r ~\\.wssd\\kvactl', ['warning removes access']],
    ['ri "$env:UserProfile\\.wssd\\*" -Recurse', ['warning removes access']],
    ['Get-ChildItem $env:UserProfile\\.wssd -Recurse | del', ['warning removes access']],
    ['rd C:\\ClusterStorage\\Volume1\\wssdcloudagent -Recurse', ['error removes agents']],
    ['Remove-Item (Get-AksHciConfig).Moc.cloudConfigLocation -Recurse', ['error removes agents']],
    ['rmdir $env:ProgramData\\wssdagent -Recurse', ['error removes agents']],
    ['Remove-Item C:\\AksHci -Recurse', ['error removes agents']],
    ['Remove-AksHciCluster -name (Get-AksHciCluster).Name', ['error removes every-cluster']],
    ['Remove-AksHciCluster -name old; Get-AksHciCluster', ['warning removes cluster']],
    ['cmd /c "rd /s /q C:\\wssdcloudagent"', ['error removes agents']],
    ['Remove-Item -Recurse "C:\\Program Files\\WindowsPowerShell\\Modules\\AksHci"', []],
    ['Remove-Item $env:UserProfile\\.wssd\\kvactl\\cloudconfig', []],
    ['Remove-Item C:\\AksHci\\old.log', []],
    ['Remove-Item .\\cloudlogin.yaml', []],
  ])('%s: %j', (line, problems) => {
    expect(listEffects(line)).toEqual(problems);
  });

  test.each(['Restart-Computer', 'Restart-Computer -Force', 'Stop-Computer', 'shutdown /r /t 0', 'Restart-VM moc-l1'])(
    '%s is reported, because a reboot makes expired tokens worse',
    (line) => {
      expect(listEffects(line)).toEqual(['warning reboot machine']);
    },
  );

  test('the documented downtime for a new CA is reported', () => {
    expect(listEffects('Invoke-AksHciRotateCACertificate')).toEqual(['notice downtime']);
    expect(checkCommand('Invoke-AksHciRotateCACertificate').ok).toBe(true);
  });

  test('every hazard cites a source', () => {
    for (const line of ['Restart-AksHci', 'Reinstall-AksHci', 'rm ~\\.wssd', 'Restart-Computer', 'rd C:\\AksHci'])
      expect(checkCommand(line).problems[0]?.citations.length, line).toBeGreaterThan(0);
  });
});

test('the documentation lists every object and the severity of each effect on it', () => {
  const harmed = PROTECTED_OBJECTS.filter(({ harms }) => Object.keys(harms).length > 0);
  const rows = [...new Set(harmed.map(({ id }) => id))].map((id) => {
    const severities = OBJECT_EFFECTS.map((effect) => {
      const found = harmed.flatMap(({ id: each, harms }) => (each === id ? (harms[effect] ?? []) : []));
      return (['error', 'warning', 'notice'] as const).find((severity) => found.includes(severity)) ?? '';
    });
    return [statementText({ text: `command.object.${id}` }, translator('en')), ...severities];
  });
  const lines = [['object', ...OBJECT_EFFECTS], ['', ...OBJECT_EFFECTS].map(() => '---'), ...rows].map(
    (cells) => `|${cells.map((cell) => (cell === '' ? ' ' : ` ${cell} `)).join('|')}|`,
  );
  expect(readFileSync(join(ROOT, 'docs/repair.md'), 'utf8')).toContain(lines.join('\n'));
});

describe('a harmless command passes', () => {
  test.each([
    'Get-ChildItem C:\\AksHci -Recurse -Filter *.log | Select-Object FullName',
    'Get-ChildItem $env:UserProfile\\.wssd -Recurse',
    'Remove-Item C:\\temp\\*.log',
    'Remove-Item $env:TEMP\\logs -Recurse',
    'Remove-Item C:\\wssdcloudagent -Recurse -WhatIf',
    'Remove-Item .\\cloudlogin.yaml -Force',
    'Copy-Item $env:UserProfile\\.kube\\config $env:UserProfile\\.kube\\config.bak',
    'Copy-Item $env:UserProfile\\.kube\\config.bak $env:UserProfile\\.kube\\config',
    'Copy-Item .\\cloudlogin.yaml C:\\AksHci',
    'Copy-Item .\\kubeconfig C:\\temp\\kubeconfig',
    'Copy-Item C:\\wssdcloudagent D:\\wssdcloudagent -Recurse',
    'Remove-Item C:\\temp\\x -Recurse -Confirm:$false',
    'Import-Csv .\\names.csv | % { Get-AksHciCredential -name $_.name -Confirm:$false }',
    'Import-Module AksHci; Import-Clixml .\\x.xml',
    'Install-Module x; Install-PackageProvider NuGet; Set-PSRepository PSGallery -InstallationPolicy Trusted',
    'Install-WindowsFeature RSAT-Clustering-PowerShell; Enable-WSManCredSSP -Role Client -DelegateComputer h1',
    'Set-ExecutionPolicy RemoteSigned; Start-Transcript C:\\logs\\t.txt; Repair-Moc; Stop-Transcript',
    'Connect-AzAccount; Get-AzContext; az login; az account show; az connectedk8s list',
    'certutil -dump C:\\temp\\ca.crt',
    'Get-Disk | Format-List; Get-ClusterResource; Get-VMSwitch; Get-SmbShare',
    'Resolve-DnsName h1; Get-NetIPConfiguration | Out-String; Get-Volume | ConvertTo-Json | Out-GridView',
    'tasklist; arp -a; dir C:\\ | findstr aks',
    'Copy-Item C:\\AksHci\\.ssh\\akshci_rsa.pub \\\\files\\share',
    '$k = Get-Content $HOME\\.kube\\config; $k.Count',
    'Test-Path (Get-KvaConfig).kubeconfig',
    '(Get-MocConfig).clusterRoleName',
    'Get-ClusterGroup | Where-Object Name -like "ca-*"',
    'Move-ClusterGroup -Name (Get-MocConfig).clusterRoleName -Node n2',
    'Start-Service wssdcloudagent',
    'Set-Service wssdagent -StartupType Automatic',
    'Get-Process wssdagent -ErrorAction SilentlyContinue',
    'Invoke-Command -ComputerName n1, n2 -ScriptBlock { Get-Service wssdagent }',
    'Get-ClusterNode | % { Invoke-Command -ComputerName $_ { Start-Service wssdagent } }',
    'Get-WinEvent -LogName System -MaxEvents 5 | Format-List',
    'Get-NetAdapter | Format-Table Name, Status',
    'sc.exe query wssdagent',
    'mkdir $HOME\\backup',
    'Get-AksHciCredential -name east -Confirm:$false\nkubectl get nodes',
    "Select-String -Path .\\*.log -Pattern 'x509' | Select-Object -First 5",
    'kubectl get pods -n kube-system -o yaml',
    'kubectl get secrets -n kube-system',
    'kubectl describe secret caphlogintoken',
    'kubectl delete pod web-1',
    'kubectl delete pod certificate-renewal-controller-x -n kube-system',
    'kubectl delete ns my-shop',
    'kubectl scale deployment web --replicas=0',
    'kubectl exec etcd-0 -n kube-system -- ls /etc/kubernetes/pki/etcd',
    'kubectl config view --minify',
    'kubectl rollout status deployment/web',
    `${SSH} 'sudo ls -l /etc/kubernetes/pki'`,
    `${SSH} 'sudo cat /etc/kubernetes/pki/apiserver.crt'`,
    `${SSH} 'sudo openssl x509 -noout -enddate -in /etc/kubernetes/pki/ca.crt'`,
    `${SSH} 'sudo journalctl -u kubelet --no-pager | tail -50'`,
    `${SSH} 'sudo systemctl restart kubelet && sudo systemctl status kubelet'`,
    `${SSH} 'sudo crictl ps -a | grep kube-apiserver; df -h'`,
    `${SSH} 'for f in a b; do echo "$f"; done'`,
    `${SSH} 'ls /tmp/*.log | xargs -I {} rm {}; ls /etc/kubernetes/pki/*.crt | xargs -n1 -I % openssl x509 -noout -in %'`,
    `${SSH} 'X=1; if true; then echo $X; fi'`,
    `${SSH} "echo 'it'\\''s' \\' \\\\; grep 'a\\' /tmp/x"`,
    `${SSH} "for f in a b\ndo\necho x\ndone"`,
    `${SSH} 'rm ~/admin.conf'`,
    `${SSH} 'rm -rf /tmp/* ~/*.tgz'`,
    `${SSH} 'sudo find / -name "*.log" -delete'`,
    `${SSH} 'sudo find /etc/kubernetes -name "*.bak" -exec rm {} +'`,
    `${SSH} 'sudo find /var/log -name "*" -delete'`,
    `${SSH} 'sudo cat /etc/kubernetes/manifests/kube-apiserver.yaml'`,
    `${SSH} 'sudo chown root:root /opt/wssd/k8s/cloudlogin.yaml; touch ~/x; chmod 600 ~/x'`,
    `${SSH} 'date -u; date +%s; timedatectl; mount; hostname; ip addr show; grep -c data /etc/hosts'`,
    `${SSH} 'sudo grep -c certificate-authority /etc/kubernetes/admin.conf'`,
    'Remove-Item D:\\jenkins\\workdir -Recurse',
    'kubectl delete ns kube-system --dry-run=client',
    'kubectl delete ns kube-system --dry-run=server',
    "kubectl get secret x -o jsonpath='{.type}'",
    'kubectl get secrets -o custom-columns=NAME:.metadata.name,TYPE:.type',
    'kubectl debug node/n1 --image=busybox -- ls /host/etc',
    String.raw`Set-ItemProperty HKLM:\SYSTEM\CurrentControlSet\Services\wssdagent -Name ImagePath -Value 'C:\x.exe start 1'`,
    'New-Item -ItemType Directory C:\\AksHci',
    'curl.exe https://files/x -o x.zip',
    'curl.exe -O https://files/kubeconfig',
    'kubectl config set-context --current --namespace kube-system',
    'kubectl rollout restart deploy/web',
    `${SSH} 'sudo kubectl --kubeconfig /etc/kubernetes/admin.conf get nodes'`,
    `${SSH} 'sudo kubectl describe pod x; kubectl version'`,
    'kubectl get pods,svc -A -o yaml',
    'kubectl get pods -n $space',
    'kubectl describe node $node',
    'Start-Process notepad',
    `${SSH} 'sudo cp /etc/kubernetes/pki/apiserver.crt /tmp'`,
    `${SSH} 'sudo openssl rsa -in /etc/kubernetes/pki/ca.key -noout -modulus'`,
    `${SSH} 'sudo cp ~/cloudlogin.yaml /opt/wssd/k8s/cloudlogin.yaml'`,
    `${SSH} 'sudo crictl rm 3f2a1b'`,
    `${SSH} 'for f in \`ls /etc\`; do echo $f; done; sh -c "echo \\"x\\""'`,
    `${SSH} '[ -f /etc/kubernetes/pki/ca.key ] && echo yes; if [[ -d /tmp ]]; then echo yes; fi'`,
    `${SSH} 'sudo etcdctl get / --prefix --keys-only'`,
    `${SSH} 'awk -F: ''$3 > 5 && NR > 1 || /a|b/ { print $1, $2 }'' /etc/passwd'`,
    `${SSH} 'sed " s/a b/c d/ ;  2d\n/x y/p ; " "/tmp/x y"; sed -i.bak -e p /tmp/x; sed -i -n "/a b/p" x.y -i'`,
    `${SSH} 'sed -n -e 1,5p -e "/a b/d" /tmp/x; sed "s|/a|/b|g; s/c/d/; 2!d" /tmp/x /tmp/e'`,
    `${SSH} 'dmesg -T | tail; ss -tlnp; journalctl -u kubelet --since today; sort -k 2 -t : /tmp/x'`,
    `${SSH} 'openssl x509 -noout -info -in /etc/kubernetes/pki/ca.crt'`,
    'w32tm /query /status; w32tm /resync; ipconfig /all; arp -a',
    `${SSH} 'sudo find /etc/kubernetes/pki -name "*.crt" -exec openssl x509 -noout -enddate -in {} \\; -print'`,
    `${SSH} 'sudo find /var/log -name "*.log" -exec ls -l {} + -exec rm {} +'`,
    "kubectl get --raw /healthz; kubectl get --raw '/readyz?verbose'; kubectl get --raw=/api/v1/namespaces/kube-system/pods",
    'kubectl get -f x.yaml; kubectl apply -f x.yaml --prune=false',
    'kubectl delete svc,deploy,ing,cm web -n shop; kubectl delete jobs.batch x; kubectl delete csr x; kubectl delete pvc/a pvc/b',
    "Get-Date | Export-Csv C:\\temp\\x.csv -NoTypeInformation; Start-Transcript -OutputDirectory C:\\logs; Add-Content C:\\temp\\x.txt 'x'",
    "'x' > x.txt; $x 2> $null > C:\\temp\\y.txt",
    `${SSH} 'sudo tar xzf /tmp/x.tgz; tar xf /tmp/x.tgz -C /tmp/y; tar tzf /etc/kubernetes/pki.tgz; tar tf /tmp/x'`,
    `${SSH} 'sudo tar czf /tmp/x.tgz -C /etc/kubernetes manifests; tar czf /tmp/x.tgz -C / var/log'`,
    `${SSH} 'sudo tar czf /tmp/x.tgz -C /etc/kubernetes/pki ca.crt -C /tmp ca.key; tar cf x --exclude ca.key -C / tmp'`,
    `${SSH} 'sudo tar cCf /etc/kubernetes/pki /tmp/x.tar ca.crt; tar tfC /tmp/x.tar /etc/kubernetes/pki'`,
    '$s = kubectl get secret x -o json | ConvertFrom-Json; $s.type',
    'kubectl get secret x -o json | Out-Null',
    'kubectl get pods -o json | ConvertFrom-Json | % { $_.items }',
    `${SSH} 'ls /etc/kubernetes/pki | sort -r | uniq -c; stat /etc/kubernetes/pki/ca.key | cut -c1-80'`,
    `${SSH} 'ls -l /etc/kubernetes/pki/ca.key | head -1 | tr a b; sudo ls /var/lib/kubelet/pki | tail -1'`,
    'kubectl --kubeconfig $HOME\\.kube\\config get nodes | sort',
    'kubectl --kubeconfig $HOME\\.kube\\config get cm -o yaml | Select-String client',
    `${SSH} 'sudo systemctl daemon-reload; systemctl is-enabled kubelet; systemctl list-units --failed; systemctl cat kubelet'`,
    `${SSH} 'sudo systemctl reset-failed; systemctl list-timers; sudo systemctl enable kubelet; systemctl is-failed kubelet'`,
    `${SSH} 'sudo zcat /var/log/syslog.1.gz | grep x509; sha256sum /etc/kubernetes/pki/ca.key | cut -c1-8; md5sum /tmp/x; cmp a b'`,
    'sudo journalctl -u kubelet --since "1 hour ago"',
    'sudo systemctl status kubelet',
    'Get-ClusterLog -Destination C:\\temp -TimeSpan 15',
    'Start-ClusterNode -Name n1 -ClearQuarantine; Get-ClusterNode',
    'mkdir C:\\wssdcloudagent -Force; md C:\\AksHci -Force; New-Item -Force -Type Directory C:\\AksHci; New-Item C:\\x.txt',
    `${SSH} 'cp -t /tmp /etc/kubernetes/pki/ca.crt; curl -p https://files/kubeconfig; rsync -rt /tmp/x /tmp/y'`,
    `${SSH} 'awk "{ printf \\"%s|%s\\n\\", $1, $2; print $3 \\">\\" }" /tmp/x'`,
    `${SSH} 'uniq -c -f 1 -w 10 /etc/kubernetes/pki/ca.crt; uniq --skip-fields 1 --check-chars=2 /etc/kubernetes/pki/ca.crt'`,
    `${SSH} 'kubectl get pods -A | awk "/kube-system/ { print $1 \\"|\\" $2 }"; awk -Fo -vname=x "/system/" /tmp/x'`,
    `${SSH} 'df -h | awk "NR==1 { print } $5>80 { print $1 } $3 >= 2 || $4 { n++ }"'`,
    `${SSH} 'systemctl status multi-user.target; systemctl is-active kubelet graphical.target; systemctl cat x.target'`,
    'kubectl get --raw /api/v1/secrets | Out-Null; $s = kubectl get --raw /api/v1/namespaces/a/secrets/b',
    `${SSH} 'ip; ip a; ip -4 -br a s; ip -f inet addr ls; ip link show dev set0; ip route get 10.0.0.1; ip netns pids x'`,
    `${SSH} 'sudo rm -rf /etc/kubernetes/pki/../../../tmp/x; cd /var/lib/etcd/../../log; rm -rf x'`,
    `${SSH} 'sudo grep server: /etc/kubernetes/admin.conf'`,
  ])('%s', (line) => {
    expect(checkCommand(line).problems.filter(({ severity }) => severity !== 'notice')).toEqual([]);
    expect(checkCommand(line).ok).toBe(true);
  });

  test('and so does every command of a remedy', () => {
    const wrong = listCommands()
      .map(fillCommand)
      .filter((line) => !checkCommand(line).ok);
    expect(wrong).toEqual([]);
  });
});

describe('a line that is not fully understood does not pass', () => {
  test.each([
    '.\\cleanup.ps1',
    '$old | Remove-Item',
    'Invoke-Command -ComputerName h1 -FilePath .\\x.ps1',
    'Foo-Bar',
    'Remove-Item $folder -Recurse',
    'Remove-Item * -Recurse',
    'Stop-Service (Get-Content services.txt)',
    'Stop-ClusterGroup "Some Role"',
    'Invoke-Expression $text',
    'powershell -EncodedCommand ZABpAHIA',
    'powershell -File x.ps1',
    '& $tool --all',
    '[IO.File]::Delete("C:\\x")',
    "(Get-Item C:\\x).MoveTo('C:\\y')",
    '[Convert]::ToBase64String([IO.File]::ReadAllBytes("C:\\x"))',
    `${SSH} 'frobnicate --now'`,
    `$p = '/etc'; ${SSH} "sudo rm -rf $p"`,
    `${SSH} 'sudo rm -rf "$DIR"'`,
    `${SSH} 'echo it''s; sudo rm -rf /var/lib/etcd'`,
    `${SSH} 'echo "; sudo rm -rf /var/lib/etcd'`,
    `cmd /c "echo it's & del C:\\wssdcloudagent"`,
    `${SSH} 'bash x.sh'`,
    `'rm -rf /etc/kubernetes/pki' | ${SSH} sudo bash`,
    `${SSH} 'sudo chown nobody /etc/kubernetes/pki/ca.key'`,
    `${SSH} 'sudo touch /etc/kubernetes/pki/ca.crt'`,
    `${SSH} 'sudo chmod -R 777 /'`,
    `${SSH} 'sudo date -s 2024-01-01'`,
    `${SSH} 'sudo date --set=2024-01-01'`,
    `${SSH} 'sudo timedatectl set-time 2024-01-01'`,
    `${SSH} 'sudo mount -o remount,ro /'`,
    `${SSH} 'sudo hostname x'`,
    `${SSH} 'sudo ip link set eth0 down'`,
    `Get-Content x.sh | ${SSH} 'sudo sh'`,
    `Get-Content x.sh | ${SSH}`,
    `Get-Content x.sh | ${SSH} 'sudo -i'`,
    `Get-Content x.sh | ${SSH} sudo -s`,
    'kubectl delete --raw /api/v1/namespaces/kube-system',
    'kubectl rollout undo ds/x -n kube-system',
    'kubectl config unset users',
    'kubectl config delete-user x',
    `${SSH} 'curl -s http://files/y.sh | sudo bash -s --'`,
    'Get-Content x.cmd | cmd',
    "'Restart-AksHci' | iex",
    'Get-Content x.ps1 | powershell -NoProfile -Command -',
    `${SSH} 'sudo rm -rf /etc/kubernetes/pk[i]'`,
    `${SSH} 'sudo rm -rf /e*/k*b*r*n*t*s/p*'`,
    `${SSH} 'rm /data/*/x'`,
    'kubectl delete ns $name',
    'kubectl delete $kind x',
    'kubectl delete (Get-Content objects.txt)',
    'kubectl delete deploy web -n $space',
    'kubectl scale $what --replicas 0',
    'kubectl get $kind -o yaml',
    'kubectl delete -f x.yaml',
    'kubectl patch node n1 -p "{}"',
    'Get-Foo',
    'Write-AksThing',
    'Format-Volume -DriveLetter C',
    'Export-VM -Name x -Path D:\\x',
    'Export-PfxCertificate -Cert $c -FilePath D:\\x.pfx',
    'Export-Certificate -Cert $c -FilePath D:\\x.cer',
    'Test-Cluster',
    'Get-AzAccessToken',
    'az account get-access-token',
    'az connectedk8s delete --name a',
    'certutil -exportPFX My x.pfx',
    'net use',
    'mocctl security identity list',
    'kubectl view-secret x',
    `${SSH} 'rm \`cat names\`'`,
    'sudo echo `reboot`',
    "sudo echo \\' ; sudo rm -rf /etc/kubernetes/pki ; echo \\'",
    'sudo find /tmp/x -exec ls {} \\; -delete',
    `${SSH} 'awk "BEGIN { system(\\"reboot\\") }"'`,
    `${SSH} 'awk "{ print | \\"sh\\" }" /tmp/x'`,
    `${SSH} 'awk "{ \\"id\\" | getline x; print x }" /tmp/x'`,
    `${SSH} 'awk "{ print $1 > \\"/etc/kubernetes/pki/ca.crt\\" }" /tmp/x'`,
    `${SSH} 'awk -f x.awk /tmp/x'`,
    `${SSH} 'sed s/a/b/e /tmp/x'`,
    `${SSH} 'sed "1e reboot" /tmp/x'`,
    `${SSH} 'sed -n "/a/w /etc/kubernetes/pki/ca.crt" /tmp/x'`,
    `${SSH} 'sed "s|a|b|w /etc/kubernetes/pki/ca.crt" /tmp/x'`,
    `${SSH} 'sed -e p -e "w /etc/kubernetes/pki/ca.crt" /tmp/x'`,
    `${SSH} 'sed "r /etc/kubernetes/pki/ca.key" /tmp/x'`,
    `${SSH} 'sed -f x.sed /tmp/x'`,
    `${SSH} 'sed "p ;e reboot" /tmp/x'`,
    `${SSH} 'sed "p  e" /tmp/x'`,
    `${SSH} 'sed "s/a/b/ ;e reboot" /tmp/x'`,
    `${SSH} 'sed -n "1p ; w /etc/kubernetes/pki/ca.crt" /tmp/x'`,
    `${SSH} 'sed -e p -e "p ; e reboot" /tmp/x'`,
    `${SSH} 'sed "p\ne reboot" /tmp/x'`,
    `${SSH} 'sed p --expression="p ;e"'`,
    `${SSH} 'sed p "-i .a"'`,
    `${SSH} 'sort --compress-program=/tmp/x /tmp/y'`,
    `${SSH} 'tar czf /tmp/x.tgz --remove-files /tmp/y'`,
    `${SSH} 'tar cf /tmp/x -I /tmp/y /tmp/z'`,
    `${SSH} 'sudo dmesg -C'`,
    `${SSH} 'sudo dmesg -Tc'`,
    `${SSH} 'sudo dmesg --read-clear'`,
    `${SSH} 'sudo ss -K dst 10.0.0.1'`,
    `${SSH} 'sudo ss -t --kill'`,
    `${SSH} 'sudo journalctl --vacuum-time=1s'`,
    `${SSH} 'sudo systemctl start multi-user.target'`,
    'w32tm /unregister',
    'ipconfig /release',
    'arp -d *',
    `${SSH} 'sudo find /x -exec frobnicate {} \\; -print'`,
    `${SSH} 'sudo find /x -exec sh -c "rm -f \\"$1\\"" _ {} \\;'`,
    'kubectl get --raw /api/v1/nodes/n1/proxy/run/x',
    'kubectl get --raw /api/v1/%73ecrets',
    'kubectl get --raw $path',
    'kubectl get -f x.yaml -o yaml',
    'kubectl get -k . -o json',
    'kubectl edit cm coredns -n kube-system',
    'kubectl edit -f x.yaml',
    'kubectl apply -f x.yaml --prune --all',
    'kubectl apply --prune=true -l app=x -f x.yaml',
    'kubectl apply -f x.yaml --force',
    'kubectl apply view-last-applied secret x',
    'kubectl delete crd x.example.com',
    'kubectl delete pv pv-1',
    'kubectl delete persistentvolumes/pv-1',
    'kubectl delete clusterrole,clusterrolebinding x',
    'kubectl delete storageclass default',
    'kubectl delete apiservices.apiregistration.k8s.io v1.x',
    'kubectl delete pod,validatingwebhookconfigurations x',
    'kubectl delete widget x',
    `${SSH} 'sudo kubectl delete csinode n1'`,
    'kubectl scale widget x --replicas 0',
    `${SSH} 'sudo tar xf /tmp/x.tgz -C /'`,
    `${SSH} 'sudo tar xf /tmp/x.tgz -P'`,
    ...['-C//', '-C //', '-C /.', '-C /*', '--directo=/', '-C /tmp -C ..'].map(
      (each) => `${SSH} 'tar xf /tmp/x ${each}'`,
    ),
    `${SSH} 'tar xfC /tmp/x /; tar xPf /tmp/x'`,
    `${SSH} 'cd / && tar xf /tmp/x'`,
    `${SSH} 'cd /; tar xf /tmp/x -C .'`,
    `${SSH} 'tar xPf /tmp/x'`,
    `${SSH} 'tar xIf /tmp/y /tmp/x'`,
    'Start-ClusterNode n1 -FixQuorum',
    'Start-ClusterNode n1 -fq',
    'net start clussvc /fq',
    'sudo frobnicate',
    `${SSH} 'sudo systemctl set-default multi-user.target'`,
    `${SSH} 'sudo systemctl edit kubelet'`,
    ...['/;/', '$1 ~ /}/', '/\\"/', '1,\n2', '1 # \\"\n'].map(
      (each) => `${SSH} 'awk "{ print ${each} > \\"/etc/kubernetes/pki/ca.crt\\" }" /tmp/x'`,
    ),
    ...['-d', '-bp', '-o', '-Wdump-variables='].map(
      (each) => `${SSH} 'awk ${each}/etc/kubernetes/pki/ca.crt 1 /tmp/x'`,
    ),
    `${SSH} 'awk -D 1 /tmp/x'`,
    `${SSH} 'awk "BEGIN { system  (\\"reboot\\") }"'`,
    `${SSH} 'sudo systemctl isolate rescue.target'`,
    'kubectl delete --raw /api/v1/namespaces/a/secrets/b | Out-Null',
    ...[
      'netns exec x rm x',
      '-all netns e rm x',
      '-b /tmp/x',
      '-force link set show',
      'l s eth0 down',
      'r d default',
    ].map((each) => `${SSH} 'ip ${each}'`),
    `${SSH} 'cd /var/log; sudo tar xf /tmp/x -C ../..'`,
    `${SSH} 'awk "BEGIN { print \\"\\">\\"/etc/kubernetes/pki/ca.crt\\" }"'`,
    'New-AksHciNodePool -clusterName a',
  ])('%s', (line) => {
    const { ok, problems } = checkCommand(line);
    expect(ok).toBe(false);
    expect(problems.map(({ severity }) => severity)).toEqual(['notice']);
  });

  test('even if it is inside too many nested shells', () => {
    const line = `${'sh -c '.repeat(3_000)}ls; ${'iex '.repeat(3_000)}ls`;
    expect(checkCommand(line).ok).toBe(false);
  });

  const parts = ['rm', 'ssh a@b', "'", '"', '$(', ')', '`', '|', ';', '*', '?', '/etc', '-n', '>', '\\', '{', '}', ' '];
  const commands = ['kubectl delete', 'find -exec', 'sudo', 'grep', 'reg add', 'curl -T', 'kubectl get -o', 'sh'];

  test('and every problem is within the line, whatever the line contains', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts, ...commands), { maxLength: 60 }), (each) => {
        const line = each.join(' ');
        for (const { at, length } of checkCommand(line).problems) expect(at + length).toBeLessThanOrEqual(line.length);
      }),
    );
  });
});

describe('values and parameters', () => {
  test.each([
    ['Update-AksHciCluster -name a -kubernetesVersion latest', 'bad-format'],
    ['Update-AksHciCluster -name a -kubernetesVersion v1.24,11', 'many-values'],
    ['Set-AksHciConfig -version 1.0', ''],
    ['Set-AksHciConfig -cloudServiceCidr 10.96.0.0/33', 'bad-format'],
    ['Set-AksHciConfig -cloudServiceCidr 10.96.0.300/16', 'bad-format'],
    ['Set-AksHciConfig -cloudServiceCidr 10.96.0.0/16/8', 'bad-format'],
    ['Set-AksHciConfig -cloudServiceCidr 10.096.0.0/16', 'bad-format'],
    ['Set-AksHciConfig -macPoolStart 02:xy', 'bad-format'],
    ['Set-AksHciConfig -nodeAgentPort 70000', 'bad-format'],
    ['Set-AksHciConfig -workingDir "C:\\a|b"', 'bad-format'],
    ['Set-AksHciRegistration -subscriptionId abc -resourceGroupName r', 'bad-format'],
    ['Update-MocIdentity -name a -fqdn ca_1.contoso.com', 'bad-format'],
    ['ssh clouduser@10.0.0.300', 'bad-format'],
    ['scp a.yaml clouduser@10.0.11:~/', 'bad-format'],
    ['ssh clouduser@node-1.contoso.com', ''],
    ['Set-Content a.txt x -Encoding utf8NoBOM', 'bad-format'],
    ['Set-Content a.txt x -Encoding utf8', ''],
    ['Get-Content a.bin -AsByteStream', 'unknown-parameter'],
    ['1..3 | ForEach-Object -Parallel { $_ }', 'unknown-parameter'],
    ['Remove-Item C:\\x -rf', 'unknown-parameter'],
    ['Invoke-Command -HostName n1 { Get-Date }', 'unknown-parameter'],
    ['Get-Service -UserName x', 'unknown-parameter'],
    ['Get-ClusterGroup -Force', 'unknown-parameter'],
    ['Stop-ClusterGroup ca-1 -Confirm:$false', 'unknown-parameter'],
    ['Copy-Item a b -Recrse', 'typo'],
    ['gci -ad -r C:\\x', ''],
    ['Get-Content a.txt -Tail ten', 'wrong-value'],
    ['Get-Process -cn n1', ''],
  ])('%s: %s', (line, code) => {
    const found = checkCommand(line).problems.filter(
      ({ severity, code: each }) => severity === 'error' && each !== 'removes',
    );
    expect(found.map((each) => each.code)).toEqual(code === '' ? [] : [code]);
  });

  test('a cluster name that is not in the inventory gets a warning with the nearest name, or a notice if no name is near', () => {
    const clusters = ['logistics', 'retail-east'];
    const listNames = (line: string): unknown[] =>
      checkCommand(line, { clusters }).problems.map(({ code, severity, suggestion }) => [code, severity, suggestion]);
    expect(listNames('Get-AksHciCredential -name logistic')).toEqual([['unknown-cluster', 'warning', 'logistics']]);
    expect(listNames('Get-AksHciNodePool -clusterName harbour')).toEqual([['unknown-cluster', 'notice', null]]);
    expect(listNames('Get-AksHciCredential -name harbour -configPath $x.Delete()')).toEqual([
      ['unknown-cluster', 'notice', null],
      ['not-judged', 'notice', null],
    ]);
    expect(listNames('Get-AksHciCredential -name LOGISTICS')).toEqual([]);
    expect(listNames('Get-AksHciCredential -name $name')).toEqual([]);
    expect(listNames('New-AksHciCluster -name fresh')).toEqual([]);
    const rotate = 'mocctl security identity rotate --name "KMSPlugin-logistic-moc-kms-plugin"';
    expect(listNames(rotate)).toEqual([['unknown-cluster', 'warning', 'logistics']]);
    expect(listNames(rotate.replace('logistic', 'logistics'))).toEqual([]);
    expect(checkCommand('Get-AksHciCredential -name logistic').ok).toBe(true);
    expect(checkCommand('Get-AksHciCredential -name logistic', { clusters }).ok).toBe(false);
    for (const line of ['Get-AksHciCredential -name harbour', 'iex "Get-AksHciCredential -name harbour"'])
      expect(checkCommand(line, { clusters }).ok).toBe(false);
    expect(checkCommand('Get-AksHciCredential -name harbour').ok).toBe(true);
  });
});
