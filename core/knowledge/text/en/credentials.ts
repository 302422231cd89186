/** Names and facts of every certificate and token of the catalogue (`core/knowledge/model/credentials/roles.ts`). */
export default {
  // MOC layer
  'role.cloud-agent-ca': 'Cloud agent CA',
  'role.cloud-agent-ca.breaks':
    'Every MOC client fails: clients and cloud agent no longer accept each other’s certificates.',
  'role.cloud-agent-server': 'Cloud agent server',
  'role.cloud-agent-server.breaks':
    'No MOC client can open a connection to the cloud agent, so no cmdlet and no controller reaches it.',
  'role.node-agent': 'Node agent',
  'role.node-agent.breaks':
    'The wssdagent service stays in Starting, the host can run out of ports, and no virtual machine is placed on this node.',
  'role.node-agent-token': 'Node agent token',
  'role.node-agent-token.breaks':
    'Nothing at first. When the node agent restarts it cannot join the cloud agent and stays in Starting.',
  'role.mocctl': 'mocctl client certificate',
  'role.mocctl.breaks':
    'Every Moc cmdlet of this Windows user fails with “Certificate has expired: Expired”. Until mocctl works again, no other MOC repair does.',
  'role.kvactl': 'kvactl client certificate',
  'role.kvactl.breaks':
    'Most AksHci cmdlets of this Windows user fail with “failed to create azurestackhci session: Certificate has expired: Expired”.',
  'role.kvactl-token': 'kvactl token',
  'role.kvactl-token.breaks':
    'Nothing while the kvactl certificate is valid. The next login fails with “Valid Token Required”.',
  'role.caph': 'CAPH client certificate',
  'role.caph.breaks':
    'Nothing while the CAPH token is valid, since CAPH logs in again with it. With both expired, Update-AksHci hangs at “ControlPlane machines are still upgrading...”.',
  'role.caphlogintoken': 'CAPH token',
  'role.caphlogintoken.breaks':
    'Nothing while the CAPH certificate is valid. At the next login Update-AksHci hangs at “ControlPlane machines are still upgrading...”.',
  'role.kms-plugin': 'KMS plugin',
  'role.kms-plugin.breaks':
    'The plugin must log in again with its token. If it cannot, secrets cannot be read and kube-apiserver does not start.',
  'role.kms-plugin-token': 'KMS plugin token',
  'role.kms-plugin-token.breaks':
    'Nothing while the plugin runs. At its next restart it cannot log in, and the API server goes down. Do not restart the control plane first.',
  'role.csi': 'CSI driver',
  'role.csi.breaks': 'If a new login fails too, volumes are no longer created, attached or deleted.',
  'role.csi-token': 'CSI driver token',
  'role.csi-token.breaks':
    'Nothing while the certificate is valid. From the next login on, volumes are no longer created, attached or deleted.',
  'role.cloud-provider': 'Cloud provider',
  'role.cloud-provider.breaks': 'If a new login fails too, load balancers are no longer updated.',
  'role.cloud-provider-token': 'Cloud provider token',
  'role.cloud-provider-token.breaks':
    'Nothing while the certificate is valid. From the next login on, load balancers are no longer updated.',
  'role.cert-manager': 'Certificate manager',
  'role.cert-manager.breaks': 'If a new login fails too, requests of kubelets for certificates are no longer approved.',
  'role.cert-manager-token': 'Certificate manager token',
  'role.cert-manager-token.breaks':
    'Requests of kubelets for certificates are no longer approved. kubectl logs and kubectl exec then fail with “tls: internal error”.',
  'role.cloud-operator': 'Cloud operator',
  'role.cloud-operator.breaks':
    'If a new login fails too, clusters and add-ons are no longer reconciled in the management cluster.',
  'role.cloud-operator-token': 'Cloud operator token',
  'role.cloud-operator-token.breaks':
    'Nothing while the certificate is valid. From the next login on, clusters and add-ons are no longer reconciled.',
  'role.load-balancer': 'Load balancer VM',
  'role.load-balancer.breaks':
    'New and changed services of type LoadBalancer are no longer set up in the load balancer VM.',
  'role.load-balancer-token': 'Load balancer VM token',
  'role.load-balancer-token.breaks':
    'Nothing while the certificate is valid. From the next login on, new and changed services of type LoadBalancer are not set up.',
  'role.extra-admin': 'Additional admin',
  'role.extra-admin.breaks': 'The cmdlets of this admin fail. Other admins are not affected.',
  'role.extra-admin-token': 'Additional admin token',
  'role.extra-admin-token.breaks': 'This admin cannot log in to the cloud agent any more.',
  'role.moc-client': 'MOC client',
  'role.moc-client.breaks': 'This client loses access to the cloud agent unless its token still allows a new login.',
  'role.moc-token': 'MOC token',
  'role.moc-token.breaks': 'Nothing while the client’s certificate is valid. The next login to the cloud agent fails.',

  // Kubernetes layer
  'role.cluster-ca': 'Cluster CA',
  'role.cluster-ca.breaks': 'Everything in the cluster: no component trusts the API server or a kubelet any more.',
  'role.etcd-ca': 'etcd CA',
  'role.etcd-ca.breaks': 'The etcd replicas no longer trust each other, so etcd loses its quorum.',
  'role.front-proxy-ca': 'Front proxy CA',
  'role.front-proxy-ca.breaks': 'Aggregated APIs fail, metrics among them.',
  'role.apiserver': 'API server',
  'role.apiserver.breaks': 'Every kubectl call fails with “x509: certificate has expired or is not yet valid”.',
  'role.apiserver-kubelet-client': 'API server to kubelet',
  'role.apiserver-kubelet-client.breaks':
    'kubectl logs and kubectl exec fail with “the server has asked for the client to provide credentials”. This also happens when the API server has not loaded the renewed certificate yet.',
  'role.apiserver-etcd-client': 'API server to etcd',
  'role.apiserver-etcd-client.breaks': 'The API server loses etcd and stops answering.',
  'role.etcd-server': 'etcd server',
  'role.etcd-server.breaks': 'The API server can no longer connect to etcd on this node.',
  'role.etcd-peer': 'etcd peer',
  'role.etcd-peer.breaks': 'Replication between the etcd replicas stops.',
  'role.etcd-healthcheck-client': 'etcd health check',
  'role.etcd-healthcheck-client.breaks': 'Health checks of etcd that use it fail.',
  'role.front-proxy-client': 'Front proxy client',
  'role.front-proxy-client.breaks': 'Metrics and other aggregated APIs fail.',
  'role.kubelet-client': 'kubelet client',
  'role.kubelet-client.breaks': 'A worker node is removed and replaced. A control-plane node becomes unreachable.',
  'role.kubelet-server': 'kubelet server',
  'role.kubelet-server.breaks':
    'kubectl logs and kubectl exec for this node fail with “remote error: tls: internal error”.',
  'role.admin-conf': 'admin.conf',
  'role.admin-conf.breaks': 'kubectl on the control-plane node is refused.',
  'role.super-admin-conf': 'super-admin.conf',
  'role.super-admin-conf.breaks':
    'The emergency access on the control-plane node is refused. Nothing else uses this file.',
  'role.controller-manager': 'Controller manager',
  'role.controller-manager.breaks': 'Controllers stop: nothing is replaced, scaled or cleaned up any more.',
  'role.scheduler': 'Scheduler',
  'role.scheduler.breaks': 'New pods stay in Pending.',
  'role.ad-auth-webhook': 'AD authentication webhook',
  'role.ad-auth-webhook.breaks':
    'Sign-in with Active Directory fails; the ad-auth-webhook pods log certificate validation errors.',
  'role.bootstrap-token': 'Bootstrap token',
  'role.bootstrap-token.breaks': 'New nodes cannot join with it. Nodes that have joined are not affected.',
  'role.service-account-token': 'Service account token',
  'role.service-account-token.breaks': 'The pod or program that uses it is refused by the API server.',

  // Workstation
  'role.management-kubeconfig': 'Management kubeconfig',
  'role.management-kubeconfig.breaks':
    'Every call to the management cluster, Update-AksHci and the Update cmdlets for certificates among them, fails with “You must be logged in to the server (Unauthorized)”.',
  'role.admin-kubeconfig': 'Admin kubeconfig',
  'role.admin-kubeconfig.breaks': 'kubectl with this file is refused as Unauthorized.',
  'role.kubeconfig-client': 'kubeconfig client certificate',
  'role.kubeconfig-client.breaks': 'This user is refused as Unauthorized.',
  'role.kubeconfig-token': 'kubeconfig token',
  'role.kubeconfig-token.breaks': 'This user is refused as Unauthorized.',
  'role.proxy-ca': 'Proxy CA',
  'role.proxy-ca.breaks': 'The Linux nodes no longer trust the proxy or registry behind it, so image pulls fail.',
  'role.unknown': 'Unknown',
  'role.unknown.breaks': 'Not known, because nothing tells what this credential is for.',

  // Who renews
  'renewer.nobody': 'Nobody',
  'renewer.renewal-controller': 'Renewal controller',
  'renewer.kubelet': 'kubelet',
  'renewer.client-itself': 'The client itself',
  'renewer.cloud-agent': 'Cloud agent',
  'renewer.node-agent': 'Node agent',
  'renewer.host-update': 'Host update',
  'renewer.cluster-update': 'Cluster update',
  'renewer.admin': 'An admin',
  'renewer.unknown': 'Not known',

  // How it is renewed
  'renewal.cloud-agent-ca':
    'Valid for 365 days. The cloud agent can keep an old and a new CA side by side; whether it starts a renewal by itself, and when, is not documented.',
  'renewal.cloud-agent-server':
    'Assumed to be renewed by the cloud agent. How long it lives is set by the signer; go by the dates in the certificate.',
  'renewal.client-itself':
    'The client renews it while it is in use, once 30 % of its lifetime is left. An expired certificate cannot be renewed: the client must log in again with its token.',
  'renewal.node-agent': 'The node agent renews it while it runs, once 30 % of its lifetime is left.',
  'renewal.mocctl':
    'mocctl renews it only when it is used with 30 % or less of its lifetime left: after day 63 of 90, or day 42 of 60 on older builds. Unused, it expires.',
  'renewal.kvactl':
    'kvactl renews it only when it is used with 30 % or less of its lifetime left. Unused, it expires. Each Windows user has their own.',
  'renewal.caph':
    'CAPH waits until 30 % of the lifetime is left, then tries every 2 % of it, and logs in again with its token after expiry.',
  'renewal.kms-plugin':
    'The plugin gets it when it logs in at its start. Builds since early 2023 rotate by themselves.',
  'renewal.load-balancer': 'No source tells who renews it.',
  'renewal.extra-admin':
    'Lives as long as was asked for when the identity was made, and cannot be extended. A new identity is needed.',
  'renewal.host-update':
    'Rotated by the update of the host and by Update-AksHciCertificates. Builds since early 2023 also rotate tokens by themselves where that is switched on.',
  'renewal.cluster-update':
    'Rotated by the update of the cluster it belongs to. Builds since early 2023 also rotate tokens by themselves where that is switched on.',
  'renewal.moc-token':
    'Updates rotate the tokens that cannot rotate by themselves. Which update covers this one is not known, since its client is not.',
  'renewal.kubernetes-ca': 'Valid for 10 years. Nothing renews it, and no cmdlet that rotates it is documented.',
  'renewal.controller':
    'certificate-renewal-controller on the control-plane nodes renews it every 3 to 4 days; it lives four. Only a running node renews.',
  'renewal.controller-assumed':
    'Assumed to be renewed with the other control-plane certificates, every 3 to 4 days while the node runs.',
  'renewal.kubelet':
    'The kubelet asks for a new one by a signing request, usually after 70 to 90 % of its life. On workers, certificate-renewal-worker logs failures.',
  'renewal.kubelet-server':
    'Not managed by the product. A new one needs the certificate manager, whose token must be valid.',
  'renewal.admin-conf':
    'Renewed on the node: the documented way to a fresh kubeconfig copies this file. What renews it is not documented; the renewal controller is assumed.',
  'renewal.super-admin-conf': 'Made by kubeadm 1.29 and later. No source tells whether the product renews it.',
  'renewal.ad-auth-webhook':
    'Valid for 500 days. Nothing renews it: AD authentication must be uninstalled and installed again.',
  'renewal.bootstrap-token':
    'Not renewed. It serves once, to let a node ask for its first certificate; kubeadm makes it for 24 hours.',
  'renewal.service-account-token':
    'The kubelet replaces the token it mounts into a pod before it ends. A copy elsewhere is not replaced.',
  'renewal.kubeconfig':
    'Not managed: nobody renews it. Reported to live one year; go by the dates in the certificate. Active Directory sign-in avoids it.',
  'renewal.kubeconfig-token': 'Not known. Ask whoever wrote this kubeconfig.',
  'renewal.proxy-ca':
    'Its owner renews it. The product does not check the file; a new one reaches the nodes with the next cluster update.',
  'renewal.unknown': 'Not known, because nothing tells what this credential is for.',

  // How it is revoked
  'revocation.moc-certificate': 'By revoking its identity in MOC. RenewRevocation does not reach the MOC layer.',
  'revocation.moc-token': 'By rotating or revoking its identity in MOC.',
  'revocation.cloud-agent-ca': 'Cannot be revoked. It is replaced by a rotation.',
  'revocation.cloud-agent-server': 'No way to revoke it is known.',
  'revocation.kubernetes-ca': 'Cannot be revoked. RenewRevocation is about certificates that get renewed.',
  'revocation.kubernetes-server':
    'By a RenewRevocation object, by serial number, DNS name or IP address. Give notBefore with anything but a serial number, or the next certificate is revoked too.',
  'revocation.kubernetes-client':
    'By a RenewRevocation object, by serial number or, where the subject has one, by group. A group reaches every certificate that carries it.',
  'revocation.kubelet-client':
    'By a RenewRevocation object, by serial number or by the group system:nodes. The group reaches every kubelet of the cluster.',
  'revocation.kubelet-server': 'Not available at present for kubelet server certificates.',
  'revocation.kubeconfig':
    'By serial number in a RenewRevocation object. It is never renewed, so a check at the time of renewal may never see it: do not rely on this until it is proven on your cluster.',
  'revocation.kubernetes-token':
    'RenewRevocation is for certificates. A token ends when its secret or service account is deleted, or at its expiry.',
  'revocation.proxy-ca': 'Not by this product. Its owner can replace it.',
  'revocation.not-known': 'Not known.',

  // What to do
  'remedy.host-repair':
    'Rotates the tokens and certificates of all clients of the AKS host. Open a new PowerShell window first.',
  'remedy.cloud-repair': 'For a workload cluster: renews the tokens of the pods that talk to the cloud agent.',
  'remedy.kubelet-repair':
    'For a workload cluster: makes the certificates of the control plane anew. No command is documented for the management cluster.',
  'remedy.kubelet-repair-control-plane':
    'For control-plane nodes of a workload cluster only. A worker with an expired certificate is replaced by the product.',
  'remedy.kubelet-repair-admin-conf':
    'If admin.conf itself has expired on the node: makes the certificates of the control plane anew. That it includes this file is assumed.',
  'remedy.load-balancer-repair':
    'For the load balancer VM. The switch -patchLoadBalancer appears on one page only, not in the cmdlet’s reference.',
  'remedy.serving-cloud-repair':
    'The sources disagree. An issue reports that renewing the certificate manager’s token brings the certificate back. Try this first: it leaves the control plane alone.',
  'remedy.serving-kubelet-repair':
    'The sources disagree. The documentation names this switch. Try it second, if the error stays.',
  'remedy.new-credential':
    'Writes a new kubeconfig with a new client certificate. It replaces kubectl’s default file unless -configPath names another.',
  'remedy.new-credential-after-repair':
    'After the repair: writes a kubeconfig that fits the new certificates. Then wait some minutes and try kubectl.',
  'remedy.moc-login': 'Logs mocctl in again and stores a new certificate. Then run the failed cmdlet again.',
  'remedy.moc-login-first': 'Make sure that mocctl works: the next step needs it.',
  'remedy.repair-moc':
    'Joins the node agents to the cloud agent again. If wssdagent is in Starting, stop it on all nodes and start the cloud agent’s cluster group first.',
  'remedy.cloud-agent-update': 'Updating the host is assumed to renew it.',
  'remedy.cloud-agent-repair': 'If the update does not help. That it renews this certificate is assumed.',
  'remedy.rotate-ca': 'Rotates the cloud agent CA. Use with caution: some services are down meanwhile.',
  'remedy.delete-kvactl-file':
    'Copy the file first, then delete it, only on the node and for the Windows user that show the error. Reported for builds up to 1.0.4.10928. Where (Get-MocConfig).accessFileDirPath names a folder, as on 1.0.24.11029, the file is kvactl\\cloudconfig below it: copy and delete it there by hand. Then run the failed cmdlet again.',
  'remedy.kms-workload': 'For the plugin of a workload cluster whose API server still answers.',
  'remedy.kms-management': 'For the plugin of the management cluster.',
  'remedy.kms-by-hand':
    'If the API server is down: writes a new login file. Save it as UTF-8, copy it to /opt/wssd/k8s/cloudlogin.yaml on every control-plane VM, restart the KMS container there, then run the repair above.',
  'remedy.new-identity':
    'Makes a new identity. Releases since September 2022 do not need it: local Administrators suffice.',
  'remedy.identity-login': 'The admin logs in with the file of the new identity.',
  'remedy.restart-api-server':
    'Restarts kube-apiserver so that it loads its renewed certificate; running workloads are not affected. Run it for every control-plane node.',
  'remedy.copy-admin-conf':
    'On the management VM, copy /etc/kubernetes/admin.conf to /home/clouduser and make clouduser its owner. Back up the file that (Get-KvaConfig).kubeconfig names, copy the fresh one over it with scp, and remove the copy on the VM. StrictHostKeyChecking=no, as Microsoft writes it, makes ssh accept a new or changed host key without asking, so nobody notices another computer that answers in place of the VM. In a network that you do not trust, leave the option out and compare the fingerprint that ssh shows.',
  'remedy.uninstall-ad-auth': 'First uninstall AD authentication from the cluster.',
  'remedy.install-ad-auth':
    'Then install it again, which makes new certificates. Outside the domain use -adminUserSID or -adminGroupSID in place of -adminUser.',
  'remedy.proxy-certificate':
    'Sets the new file: one .crt in PEM, order leaf, intermediate, root. Leave -noProxy empty. It reaches the nodes with the next cluster update.',
} as const;
