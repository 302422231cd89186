/** What each failure is, what it is mistaken for, and where else to look. */
export default {
  'failure.F01': 'Control plane of a workload cluster expired',
  'failure.F01.cause':
    'The certificates of the control plane have expired. They live four days and are renewed only while the VMs run, so typically the VMs were off for more than four days.',
  'failure.F02': 'Repair of the control plane has no effect',
  'failure.F02.cause':
    'A bug in builds up to 1.0.14.x: if the name of the control-plane VM lacks “-control-plane-”, Update-AksHciClusterCertificates may do nothing.',
  'failure.F03': 'Internal error of the server after days off',
  'failure.F03.cause': 'After more than four days off the four-day certificates have expired.',
  'failure.F04': 'Certificate of mocctl expired',
  'failure.F04.cause':
    'mocctl renews its certificate only when it is used towards the end of its life. It was not used for longer than that, so the certificate has expired.',
  'failure.F05': 'Certificate of kvactl expired',
  'failure.F05.cause':
    'The certificate of kvactl has expired, on this node and for this Windows user. Other nodes and users have their own.',
  'failure.F06': 'Token of kvactl expired',
  'failure.F06.cause':
    'kvactl has to log in, and its token has expired. As long as its certificate is valid, an expired token is not noticed.',
  'failure.F07': 'Token of the KMS plugin expired',
  'failure.F07.cause':
    'The KMS plugin was restarted and cannot log in to the cloud agent, because its token has expired. Without it the API server can neither read nor write secrets, and cannot start.',
  'failure.F08': 'Deadlock: the repair needs the API server, the API server needs KMS',
  'failure.F08.cause':
    'The cmdlet that would renew the token of the KMS plugin needs a live API server, and the API server does not start without the KMS plugin. The token has to be rotated by hand.',
  'failure.F09': 'Socket of the KMS plugin is missing',
  'failure.F09.cause': 'The KMS plugin does not run, in general because its token has expired.',
  'failure.F10': 'Management kubeconfig expired',
  'failure.F10.cause':
    'The client certificate in the management kubeconfig has expired, about a year after it was made. Nothing renews it.',
  'failure.F11': 'Kubeconfig of a workload cluster expired or stale',
  'failure.F11.cause':
    'The client certificate in the user’s kubeconfig has expired or belongs to an earlier state of the cluster. Nothing renews it.',
  'failure.F12': 'Cloud agent not trusted by this user’s access file',
  'failure.F12.cause':
    'Another Windows user than the one who installed it runs the command, or the access file of kvactl still has an old CA of the cloud agent, such as after a rotation of it.',
  'failure.F13': 'Kubeconfig of another or rebuilt cluster',
  'failure.F13.cause':
    'The CA in the kubeconfig is not the one of the cluster that answers: it is of another cluster, or of this one before it was rebuilt.',
  'failure.F14': 'Node agent stuck in Starting',
  'failure.F14.cause':
    'The node agent was restarted with an expired token, so it cannot join the cloud agent. It tries again and again, which uses up the ports of the host.',
  'failure.F15': 'No nodes to create on',
  'failure.F15.cause':
    'The tokens of the node agents expired, and after a restart no node agent could join the cloud agent.',
  'failure.F16': 'No nodes to create on: OutOfCapacity',
  'failure.F16.cause':
    'After an update of the host’s operating system the service of the node agent did not start. No token has expired.',
  'failure.F16.look': 'Look at the service wssdagent on every host, not at certificates.',
  'failure.F17': 'Update hangs: CAPH cannot log in',
  'failure.F17.cause':
    'The token of CAPH in the management cluster went stale after day 42, so it cannot create the new control plane.',
  'failure.F18': 'Certificate renewal pod in a crash loop',
  'failure.F18.cause':
    'cert-tattoo-kubelet.yaml is missing on the workers, and the pod expects it in /etc/kubernetes/pki.',
  'failure.F19': 'Logs and exec fail: tls: internal error',
  'failure.F19.cause':
    'The kubelet has no valid serving certificate. Its request is approved by the certificate manager, whose token has expired.',
  'failure.F20': 'Logs fail now and then: provide credentials',
  'failure.F20.cause':
    'The certificate with which the API server talks to the kubelets was renewed, but the API server has not loaded the new one.',
  'failure.F21': 'Not updated for over 60 days, still works',
  'failure.F21.cause':
    'The token of the KMS plugin and certificates have expired. What runs goes on, but after a reboot the cluster stays down.',
  'failure.F22': 'Off for over 30 days: both layers expired',
  'failure.F22.cause':
    'After more than 30 days off the credentials of both layers have expired: those of the infrastructure (MOC) and those of Kubernetes.',
  'failure.F23': 'Module and kvactl of different versions',
  'failure.F23.cause':
    'The AksHci module hands an option to kvactl that this kvactl does not know: their versions differ.',
  'failure.F23.look': 'Look at the versions of the PowerShell modules on every node, not at certificates.',
  'failure.F24': 'Folder .kube is missing',
  'failure.F24.cause':
    'Another administrator than the installing one runs the cmdlet, and there is no folder .kube in his profile.',
  'failure.F24.look': 'Look at the profile of the user, not at certificates.',
  'failure.F25': 'Access file of mocctl is missing or invalid',
  'failure.F25.cause':
    'The file cloudconfig, with which the tools log in, is missing or invalid. Reported for the previews of 2020.',
  'failure.F26': 'MOC agents down after a failed update (May to June 2022)',
  'failure.F26.cause':
    'The update stopped half-way: the services are started with the flag --deploymentid, which the older agents do not know.',
  'failure.F26.look': 'Look at the ImagePath of the services wssdcloudagent and wssdagent, not at certificates.',
  'failure.F27': 'Billing is out of policy',
  'failure.F27.cause':
    'No workload cluster was made in 60 days, so billing is out of policy; or the billing operator marked itself so by mistake during the update. It looks like a certificate problem and is none.',
  'failure.F27.look':
    'Look at billing (Get-AksHciBillingStatus) and at the memory of the management VM, not at certificates.',
  'failure.F28': 'Client secret of Azure Arc expired',
  'failure.F28.cause':
    'The secret of the service principal with which the cluster connects to Azure Arc has expired in Entra ID.',
  'failure.F28.look': 'Look at the application in Entra ID: certificates of the cluster have nothing to do with it.',
  'failure.F29': 'Sign-in to Azure expired',
  'failure.F29.cause': 'The Azure sign-in of this session has expired.',
  'failure.F29.look': 'Sign in to Azure again: certificates of the cluster have nothing to do with it.',
  'failure.F30': 'Certificates of the AD webhook expired',
  'failure.F30.cause':
    'The webhook of AD authentication and the API server trust each other by certificates that live 500 days; nothing renews them.',
  'failure.F31': 'Identity or certificate revoked in MOC',
  'failure.F31.cause': 'The identity or its certificate was revoked in the cloud agent. It has not expired.',
  'failure.F32': 'Renewal with an expired or foreign certificate',
  'failure.F32.cause':
    'A client asked for a renewal with a certificate that has expired or is not the one being renewed. An expired certificate cannot be renewed; the client has to log in again.',
  'failure.F33': 'Worker node replaced',
  'failure.F33.cause':
    'The certificates of the worker expired because their renewal failed. By design the node is then removed and replaced.',
  'failure.F34': 'Revocation also catches the new certificates',
  'failure.F34.cause':
    'An entry by group, DNS name or IP address without notBefore also matches what the repair issues, so the cluster goes down again.',
  'failure.F35': 'Update from 1.0.21 to 1.0.22 misses a resource',
  'failure.F35.cause': 'A defect of the update from 1.0.21 to 1.0.22. It has nothing to do with certificates.',
  'failure.F35.look': 'No remedy is published. Collect the logs and ask Microsoft Support.',
  'failure.F36': 'API server does not answer',
  'failure.F36.cause':
    'The API server is down or cannot be reached: network, memory of the VM, kube-vip, or the KMS plugin (F07).',
  'failure.F36.look':
    'Only one of four causes is a credential: check the KMS plugin first, then kube-vip, memory of the VM, and the network between host and API server.',

  'failure.apart.F01-F02':
    'The text is the same. If the repair ran without an error and it stays, and the VM’s name lacks “-control-plane-”, it is F02.',
  'failure.apart.F01-F03':
    'Both come from expired four-day certificates; kubectl prints one or the other. If the certificate on the node is valid, it is neither.',
  'failure.apart.F01-F11':
    'F01: kubectl refuses the server’s certificate. F11: the server refuses the one in the kubeconfig and says “Unauthorized”.',
  'failure.apart.F01-F13': 'F01 is about time (“expired”), F13 about who signed (“unknown authority”).',
  'failure.apart.F01-F22':
    'After more than 30 days off mocctl and kvactl fail, too, and the host has to be repaired first.',
  'failure.apart.F01-F34': 'If a RenewRevocation object was applied and the repair holds only briefly, it is F34.',
  'failure.apart.F01-F36': 'F01: the server answers, with an expired certificate. F36: nothing answers at port 6443.',
  'failure.apart.F03-F07': 'Only reading secrets fails with F07; with F03 every command does. The KMS container tells.',
  'failure.apart.F04-F05':
    'F05 says “failed to create azurestackhci session” and comes from kvactl. If Get-MocNode works, it is not F04.',
  'failure.apart.F04-F06': 'F04 is about an expired certificate, F06 about a token: “Valid Token Required”.',
  'failure.apart.F04-F25': 'F25: there is no access file at all, or not a valid one.',
  'failure.apart.F04-F31': 'F04 ends at a date, F31 because somebody revoked it.',
  'failure.apart.F04-F32':
    'F32 is what the cloud agent says when the expired certificate of F04 is used for a renewal.',
  'failure.apart.F05-F06': 'F05: the certificate of kvactl has expired. F06: kvactl logs in and its token is refused.',
  'failure.apart.F05-F10':
    'F05 stops before any cluster is asked. F10 is the answer of the management cluster’s API server.',
  'failure.apart.F05-F12': 'F05 is about time; F12 about another user or another CA: “unknown authority”.',
  'failure.apart.F05-F32':
    'F32 is what the cloud agent says when the expired certificate of F05 is used for a renewal.',
  'failure.apart.F06-F07':
    'The words are the same. F06 comes from a cmdlet or kvactl, F07 from the log of the KMS plugin.',
  'failure.apart.F06-F17':
    'The words are the same. F06 fails at once; F17 is in the log of CAPH while Update-AksHci waits.',
  'failure.apart.F07-F08': 'If the API server still answers, the cmdlet of F07 suffices. If not, only F08 helps.',
  'failure.apart.F07-F09': 'F07 is what the plugin logs, F09 what the API server says once the plugin is gone.',
  'failure.apart.F07-F17': 'The words are the same. F07 is in the log of the KMS plugin, F17 in that of CAPH.',
  'failure.apart.F07-F21': 'With F21 everything still works: the plugin has not been restarted yet.',
  'failure.apart.F07-F36': 'F36 says only that nothing answers. If the KMS container is not running, it is F07 or F08.',
  'failure.apart.F08-F36': 'F36 says only that nothing answers. If the KMS container is not running, it is F08.',
  'failure.apart.F09-F36': 'F09 is in the log of the API server on the node, F36 is seen from outside.',
  'failure.apart.F10-F11':
    'The words are the same. F10 comes from cmdlets and the management cluster, F11 from kubectl and a workload cluster.',
  'failure.apart.F10-F20':
    'F10 fails for every command, always, in either wording; F20 only for logs, and now and then.',
  'failure.apart.F11-F13': 'F11: the server does not take the client. F13: the client does not take the server.',
  'failure.apart.F11-F20':
    'F11 fails for every command, always, in either wording; F20 only for logs, and now and then.',
  'failure.apart.F12-F13':
    'F12 comes from a cmdlet and is about the cloud agent; F13 comes from kubectl and is about a cluster.',
  'failure.apart.F14-F15': 'The cause is the same. With F14 the service is in Starting and has to be stopped first.',
  'failure.apart.F14-F16': 'With F16 the service is stopped, with F14 it is in Starting.',
  'failure.apart.F14-F26': 'With F26 the versions of AksHci and Moc differ after a failed update.',
  'failure.apart.F15-F16': 'With F16 the text ends in “on: OutOfCapacity” and no token has expired.',
  'failure.apart.F17-F27': 'Both make Update-AksHci wait. F27 names the billing operator.',
  'failure.apart.F17-F35': 'Both stop an update. F35 happens from 1.0.21 to 1.0.22, F17 from 1.0.0 to 1.0.1.',
  'failure.apart.F18-F33': 'With F18 the renewal pod crashes; with F33 it runs and its renewal failed.',
  'failure.apart.F19-F20': 'F19 fails always and names TLS; F20 fails now and then and asks for credentials.',
  'failure.apart.F21-F22': 'With F21 the cluster was never off and still answers; with F22 it was off and does not.',
  'failure.apart.F31-F34':
    'F31 is a revocation of an identity in MOC; F34 one by a RenewRevocation object in Kubernetes.',

  'failure.builds.F05': 'Deleting the file is reported for builds up to 1.0.4.10928.',
  'failure.builds.F17': 'Reported for the update from 1.0.0.10517 to 1.0.1.10628.',
  'failure.builds.F26': 'Update from 1.0.10.10513 (May 2022) to 1.0.11.10707 (June 2022).',
  'failure.builds.F35': 'Update from 1.0.21 to 1.0.22.',
  'failure.builds.april-2022': 'Fixed after the release of April 2022.',
  'failure.builds.preview': 'Previews of 2020.',
  'failure.builds.september-2022':
    'Fixed in the release of September 2022 (1.0.14.x), by its own account; later builds may show the same text.',
  'failure.builds.until': 'Builds up to 1.0.14.x.',
  'failure.takes.minutes': 'Some minutes after the repair.',
  'failure.takes.billing': 'Billing goes on within 20 to 30 minutes.',
  'failure.warning.no-reboot': 'Do not reboot first: what runs goes on, and after a reboot the API server stays down.',

  'failure.elsewhere.clock':
    'A certificate is not valid yet, so it has not expired. Compare the clocks of host, nodes and workstation: one is behind, as after a VM resumes, or the one that issued the certificate was ahead.',
  'failure.elsewhere.dns':
    'A name does not resolve. Look at DNS: the server, the record, the DNS settings of the host.',
  'failure.elsewhere.disk': 'A disk is full. Look at free space of the host’s volumes and of the node.',
  'failure.elsewhere.memory': 'Memory ran out. Look at the limits of the pod, or at the memory of VM and host.',
  'failure.elsewhere.rbac':
    'The user is known and has no right for this. Look at roles and role bindings of Kubernetes.',
  'failure.elsewhere.registry':
    'The certificate is the one of an image registry or of a proxy in front of it. Look there, and at the trust bundle of the nodes.',
  'failure.elsewhere.proxy': 'The proxy is set with https:// where it speaks http://. Look at the proxy settings.',
  'failure.elsewhere.webhook':
    'The certificate is the one of an admission webhook that was installed on the cluster. Look at that add-on.',
  'failure.elsewhere.vault': 'This seems to be Vault’s, not AKS’s: look at the certificates and tokens of Vault.',
  'failure.elsewhere.istio':
    'This seems to be the service mesh’s (Istio, Envoy or Linkerd), not AKS’s: it has an authority of its own.',
  'failure.elsewhere.cert-manager':
    'This seems to be cert-manager’s, not AKS’s: look at its issuers, its webhook and the certificates that it makes.',
  'failure.elsewhere.other-kubernetes':
    'This seems to be another Kubernetes’s, not that of AKS on Windows Server or Azure Stack HCI 22H2: it renews its certificates in another way.',
  'failure.elsewhere.azure-local': 'This seems to be about the registration of Azure Local, not about AKS.',
  'failure.elsewhere.web-service':
    'This seems to be a web service’s, not AKS’s: look at the certificate or the token of the server in that line.',
} as const;
