import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ROLE_IDS, type RoleId } from '../../../../core/knowledge/model/credentials/credentials.ts';
import { ROLES } from '../../../../core/knowledge/model/credentials/roles.ts';
import type { CertificateFacts, DistinguishedName } from '../../../../core/shared/certificates/certificate.ts';
import { classify } from '../../../../core/inventory/model/classify.ts';
import { LAYERS, type Layer } from '../../../../core/shared/ids.ts';
import { instant } from '../../../../core/shared/instant.ts';
import type { CredentialEvidence, Origin } from '../../../../core/shared/origin.ts';

// ---- Evidence -------------------------------------------------------------------------------------------------------

interface Said {
  cn?: string;
  o?: string[];
  issuer?: string;
  dns?: string[];
  ip?: string[];
  usage?: string[];
  ca?: boolean;
  moc?: CertificateFacts['moc'];
}

function name(cn: string | undefined, o: string[]): DistinguishedName {
  const text = [...o.map((group) => `O=${group}`), ...(cn === undefined ? [] : [`CN=${cn}`])];
  return { ...(cn === undefined ? {} : { cn }), o, ou: [], text: text.join(','), attributes: [] };
}

function facts(said: Said): CertificateFacts {
  return {
    version: 3,
    serialHex: '01',
    signatureAlgorithm: { oid: '1.2.840.113549.1.1.11', name: 'sha256WithRSAEncryption' },
    issuer: name(said.issuer ?? 'some-issuer', []),
    subject: name(said.cn, said.o ?? []),
    notBefore: instant('2026-01-01T00:00:00Z'),
    notAfter: instant('2026-01-05T00:00:00Z'),
    key: { algorithm: 'RSA', oid: '1.2.840.113549.1.1.1', bits: 2048 },
    sans: { dns: said.dns ?? [], ip: said.ip ?? [], email: [], uri: [], directory: [], registeredId: [], other: [] },
    keyUsage: [],
    extendedKeyUsage: said.usage ?? [],
    isCa: said.ca ?? false,
    policies: [],
    crlUrls: [],
    ocspUrls: [],
    caIssuerUrls: [],
    ...(said.moc === undefined ? {} : { moc: said.moc }),
    extensions: [],
    tbs: { offset: 4, length: 100 },
    spki: { offset: 40, length: 20 },
    findings: [],
  };
}

const CLIENT = ['clientAuth'];
const SERVER = ['serverAuth'];
const BOTH = ['serverAuth', 'clientAuth'];

function pem(path: string, said: Said): CredentialEvidence {
  return { kind: 'certificate', origin: { format: 'pem' }, path, facts: facts(said) };
}

function kubeconfig(path: string, said: Said): CredentialEvidence {
  const origin: Origin = { format: 'kubeconfig', part: 'client-certificate' };
  return { kind: 'certificate', origin, path, facts: facts({ usage: CLIENT, ...said }) };
}

function trustEvidence(path: string, said: Said): CredentialEvidence {
  const origin: Origin = { format: 'kubeconfig', part: 'certificate-authority' };
  return { kind: 'certificate', origin, path, facts: facts(said) };
}

function kubeconfigToken(path: string): CredentialEvidence {
  return { kind: 'token', origin: { format: 'kubeconfig', part: 'token', userName: 'u' }, path };
}

function accessFile(path: string, identityName?: string, said: Said = {}): CredentialEvidence {
  const named = identityName === undefined ? {} : { identityName };
  const origin: Origin = { format: 'access-file', part: 'client-certificate', ...named };
  return { kind: 'certificate', origin, path, facts: facts({ usage: CLIENT, ...said }) };
}

function login(path: string, identityName: string, clientType?: string): CredentialEvidence {
  const typed = clientType === undefined ? {} : { clientType };
  const origin: Origin = { format: 'login-file', part: 'token', identityName, ...typed };
  return { kind: 'token', origin, path };
}

/** Returns the evidence of a token in a Secret, for the user that the token represents. */
function secretToken(userName: string, secretType = 'Opaque'): CredentialEvidence {
  const origin: Origin = { format: 'secret', part: 'token', secretType, name: 's', userName };
  return { kind: 'token', origin, path: 'D:\\collected\\secrets.yaml' };
}

/** Returns the evidence of a certificate in a Secret, or with `trust` of a CA that a service account trusts. */
function secretEvidence(said: Said, trust = false): CredentialEvidence {
  const part = trust ? 'certificate-authority' : 'certificate';
  const origin: Origin = { format: 'secret', part, secretType: 'kubernetes.io/tls', name: 's' };
  return { kind: 'certificate', origin, path: 'D:\\collected\\secrets.yaml', facts: facts(said) };
}

/** Returns the evidence of a certificate issued for a request to a signer. */
function signerEvidence(signerName: string, said: Said): CredentialEvidence {
  const origin: Origin = { format: 'csr-object', part: 'certificate', name: 'csr-1', signerName };
  return { kind: 'certificate', origin, path: 'D:\\collected\\csr.yaml', facts: facts(said) };
}

const PROFILE = 'C:\\Users\\hciadmin\\.wssd';
const ACCESS = 'C:\\evidence\\cloudconfig';
const LOGIN = 'C:\\evidence\\login.yaml';
const PKI = '/etc/kubernetes/pki';
const ANYWHERE = 'D:\\collected\\one.pem';
const KUBE = 'C:\\Users\\hciadmin\\.kube\\config';
const NODE = { cn: 'system:node:moc-l9iv8xjn3av', o: ['system:nodes'] };

// ---- Every role: evidence for it, and evidence that only resembles it -----------------------------------------------

type Row = [why: string, evidence: CredentialEvidence];
type NearMiss = [why: string, evidence: CredentialEvidence, instead: RoleId];

interface Cases {
  good: Row[];
  near: NearMiss[];
}

const cloudCertificate: CredentialEvidence = {
  kind: 'certificate',
  origin: { format: 'access-file', part: 'cloud-certificate' },
  path: ACCESS,
  facts: facts({ cn: 'anything', ca: true }),
};

const TABLE: Record<Exclude<RoleId, 'extra-admin'>, Cases> = {
  'cloud-agent-ca': {
    good: [
      ['the CloudCertificate of an access file', cloudCertificate],
      [
        'the certificate of a login file',
        { ...cloudCertificate, origin: { format: 'login-file', part: 'cloud-certificate', identityName: 'caph' } },
      ],
      ['a root in the cloud agent’s folder', pem('C:\\wssdcloudagent\\ca.pem', { ca: true })],
    ],
    near: [
      ['a root in the node agent’s folder', pem('C:\\programdata\\wssdagent\\ca.pem', { ca: true }), 'unknown'],
      ['a root anywhere else', pem(ANYWHERE, { cn: 'cloud agent', ca: true }), 'unknown'],
    ],
  },
  'cloud-agent-server': {
    good: [
      ['a server certificate in the cloud agent’s folder', pem('C:\\wssdcloudagent\\server.pem', { usage: SERVER })],
      [
        'a server certificate for the failover-cluster role',
        pem(ANYWHERE, { cn: 'ca-5b1f0c2e-0a4f-4d3b-9f13-9c1f2d3e4a5b.contoso.example', usage: SERVER }),
      ],
      ['the same as a SAN', pem(ANYWHERE, { dns: ['CA-5B1F0C2E.contoso.example.'], usage: BOTH })],
    ],
    near: [
      [
        'a client certificate of that name',
        pem(ANYWHERE, { cn: 'ca-5b1f0c2e.contoso.example', usage: CLIENT }),
        'unknown',
      ],
      [
        'another host that begins with ca',
        pem(ANYWHERE, { cn: 'ca-server.contoso.example', usage: SERVER }),
        'unknown',
      ],
    ],
  },
  'node-agent': {
    good: [
      ['a certificate in the node agent’s folder', pem('C:\\ProgramData\\wssdagent\\server.pem', { usage: BOTH })],
      ['an access file there', accessFile('C:\\ProgramData\\wssdagent\\cloudconfig', 'host-01')],
      ['an identity of that name', pem(ANYWHERE, { moc: { accessIdentity: 'NodeAgent-host-01' } })],
    ],
    near: [
      [
        'an unreadable certificate there',
        { ...pem('C:\\ProgramData\\wssdagent\\a.pem', {}), kind: 'token' },
        'unknown',
      ],
      ['a folder with a longer name', pem('C:\\ProgramData\\wssdagent-old\\a.pem', { usage: BOTH }), 'unknown'],
    ],
  },
  'node-agent-token': {
    good: [
      ['client type Node', login(LOGIN, 'host-01', 'Node')],
      ['client type Node, whatever the name contains', login(LOGIN, 'csi-host-01', 'node')],
      ['an identity of that name', login(LOGIN, 'NodeAgent')],
    ],
    near: [['a name with node alone', login(LOGIN, 'node-01'), 'moc-token']],
  },
  mocctl: {
    good: [
      ['the access file of mocctl', accessFile(`${PROFILE}\\mocctl\\cloudconfig`, 'anything')],
      ['an identity of that name', accessFile(ACCESS, 'mocctl-hciadmin')],
      ['that common name in an old file', accessFile(ACCESS, undefined, { cn: 'mocctl' })],
    ],
    near: [
      ['another program’s folder', accessFile(`${PROFILE}\\mocctl2\\cloudconfig`, 'x'), 'moc-client'],
      [
        'a PEM file in that folder without MOC’s extensions',
        pem(`${PROFILE}\\mocctl\\a.pem`, { usage: CLIENT }),
        'unknown',
      ],
    ],
  },
  kvactl: {
    good: [
      ['the access file of kvactl', accessFile(`${PROFILE}\\kvactl\\cloudconfig`, 'anything')],
      ['in a profile copied without the dot', accessFile('D:\\copy\\wssd\\KVACTL\\cloudconfig')],
      ['an identity of that name', accessFile(ACCESS, 'kvactl-admin-7f3c')],
      ['the appliance', accessFile(ACCESS, 'Appliance')],
    ],
    near: [['a name with those letters in it', accessFile(ACCESS, 'lekvapi'), 'moc-client']],
  },
  'kvactl-token': {
    good: [
      ['the appliance', login(LOGIN, 'Appliance', 'Admin')],
      ['kvactl', login(LOGIN, 'kvactl-admin-7f3c', 'Admin')],
    ],
    near: [['a longer word', login(LOGIN, 'appliances', 'ControlPlane'), 'moc-token']],
  },
  caph: {
    good: [
      ['the path in the pod', accessFile('/etc/azhci/cloudconfig/value', 'anything')],
      ['that path as a file', accessFile('/etc/azhci/cloudconfig')],
      ['an identity of that name', accessFile(ACCESS, 'mgmt-caph-1')],
    ],
    near: [['a sibling of that path', accessFile('/etc/azhci/cloudconfig2'), 'moc-client']],
  },
  caphlogintoken: {
    good: [['an identity of that name', login(LOGIN, 'mgmt-CAPH-1', 'ControlPlane')]],
    near: [
      ['the KMS plugin of a cluster called caph', login(LOGIN, 'KMSPlugin-caph-moc-kms-plugin'), 'kms-plugin-token'],
    ],
  },
  'kms-plugin': {
    good: [
      ['the documented identity', accessFile(ACCESS, 'KMSPlugin-retail-east-moc-kms-plugin')],
      [
        'the documented identity in the certificate',
        pem(ANYWHERE, { moc: { accessIdentity: 'KMSPlugin-retail-east-moc-kms-plugin' } }),
      ],
    ],
    near: [
      ['a longer ending', accessFile(ACCESS, 'retail-east-moc-kms-plugin-2'), 'moc-client'],
      [
        'that common name without MOC’s extensions',
        pem(ANYWHERE, { cn: 'KMSPlugin-retail-east-moc-kms-plugin', usage: CLIENT }),
        'unknown',
      ],
    ],
  },
  'kms-plugin-token': {
    good: [
      ['the documented identity', login(LOGIN, 'KMSPlugin-retail-east-moc-kms-plugin', 'ControlPlane')],
      ['the prefix of the secret', login(LOGIN, 'retail-east-moc-kms-plugin')],
      ['the documented path', login('/opt/wssd/k8s/cloudlogin.yaml', 'anything', 'ControlPlane')],
    ],
    near: [['that file name elsewhere', login('C:\\temp\\cloudlogin.yaml', 'anything', 'ControlPlane'), 'moc-token']],
  },
  csi: {
    good: [['an identity of that name', accessFile(ACCESS, 'retail-east-csi-1')]],
    near: [['a word that begins so', accessFile(ACCESS, 'csidra'), 'moc-client']],
  },
  'csi-token': {
    good: [['an identity of that name', login(LOGIN, 'CSI')]],
    near: [
      ['a longer word with the same beginning', login(LOGIN, 'csidra', 'ControlPlane'), 'moc-token'],
      [
        'the cloud provider of a cluster called csi',
        login(LOGIN, 'csi-template-secret-akshci-cc'),
        'cloud-provider-token',
      ],
    ],
  },
  'cloud-provider': {
    good: [
      ['the ending of the secret', accessFile(ACCESS, 'retail-east-linux-template-secret-akshci-cc')],
      ['an identity of that name', accessFile(ACCESS, 'CloudProvider-retail-east')],
    ],
    near: [['another ending', accessFile(ACCESS, 'retail-east-akshci-ccm'), 'moc-client']],
  },
  'cloud-provider-token': {
    good: [
      ['the ending of the secret', login(LOGIN, 'retail-east-template-secret-akshci-cc')],
      ['an identity of that name', login(LOGIN, 'cloud-provider')],
    ],
    near: [['a provider', login(LOGIN, 'provider', 'ControlPlane'), 'moc-token']],
  },
  'cert-manager': {
    good: [['an identity of that name', accessFile(ACCESS, 'CertManager')]],
    near: [['a manager', accessFile(ACCESS, 'manager'), 'moc-client']],
  },
  'cert-manager-token': {
    good: [['an identity of that name', login(LOGIN, 'retail-cert-manager')]],
    near: [['a manager', login(LOGIN, 'manager'), 'moc-token']],
  },
  'cloud-operator': {
    good: [['an identity of that name', accessFile(ACCESS, 'CloudOperator')]],
    near: [['an operator', accessFile(ACCESS, 'operator'), 'moc-client']],
  },
  'cloud-operator-token': {
    good: [['an identity of that name', login(LOGIN, 'CloudOperator', 'ControlPlane')]],
    near: [['an operator', login(LOGIN, 'operator'), 'moc-token']],
  },
  'load-balancer': {
    good: [['an identity of that name', accessFile(ACCESS, 'retail-load-balancer-1')]],
    near: [['a balancer', accessFile(ACCESS, 'balancer'), 'moc-client']],
  },
  'load-balancer-token': {
    good: [
      ['client type LoadBalancer', login(LOGIN, 'retail-7f3c', 'LoadBalancer')],
      ['an identity of that name', login(LOGIN, 'LoadBalancer')],
    ],
    near: [['another client type', login(LOGIN, 'retail-7f3c', 'BareMetal'), 'moc-token']],
  },
  'extra-admin-token': {
    good: [
      ['an admin with a chosen name', login(LOGIN, 'tanaka', 'Admin')],
      ['an external client with a chosen name', login(LOGIN, 'backup', 'ExternalClient')],
    ],
    near: [
      ['an admin without a name', login(LOGIN, '', 'Admin'), 'moc-token'],
      ['a chosen name without a client type', login(LOGIN, 'tanaka'), 'moc-token'],
    ],
  },
  'moc-client': {
    good: [
      ['an access file of unknown purpose', accessFile(ACCESS, 'retail-7f3c')],
      ['MOC’s extensions in a PEM file', pem(ANYWHERE, { cn: 'retail-7f3c', moc: { renewCount: 2 } })],
      ['MOC’s extensions despite a Kubernetes name', pem(ANYWHERE, { cn: 'kube-apiserver', usage: SERVER, moc: {} })],
    ],
    near: [['an authority with MOC’s extensions', pem(ANYWHERE, { ca: true, moc: {} }), 'unknown']],
  },
  'moc-token': {
    good: [
      ['a login file of unknown purpose', login(LOGIN, 'retail-7f3c', 'ControlPlane')],
      ['mocctl, whose token has no role of its own', login(LOGIN, 'mocctl', 'Admin')],
      ['an invalid client type', login(LOGIN, 'retail-7f3c', 'constructor')],
    ],
    near: [['a token in a kubeconfig', kubeconfigToken(KUBE), 'kubeconfig-token']],
  },
  'cluster-ca': {
    good: [
      ['the name that kubeadm gives', pem(ANYWHERE, { cn: 'kubernetes', issuer: 'kubernetes', ca: true })],
      ['a CA that a kubeconfig trusts', trustEvidence(KUBE, { cn: 'anything', ca: true })],
      [
        'a self-signed CA that a kubeconfig trusts, without basic constraints',
        trustEvidence(KUBE, { cn: 'x', issuer: 'x' }),
      ],
      ['kubeadm’s file, whatever the name', pem(`${PKI}/ca.crt`, { cn: 'aks', ca: true })],
      ['a CA that a service account trusts', secretEvidence({ cn: 'aks', ca: true }, true)],
    ],
    near: [
      ['a leaf of that name', pem(ANYWHERE, { cn: 'kubernetes', usage: SERVER }), 'unknown'],
      ['a leaf that a kubeconfig pins', trustEvidence(KUBE, { cn: 'proxy.contoso.example', usage: SERVER }), 'unknown'],
      ['a leaf in kubeadm’s file', pem(`${PKI}/ca.crt`, { cn: 'aks' }), 'unknown'],
      ['a file of that name elsewhere', pem('D:\\certs\\ca.crt', { cn: 'Contoso Root', ca: true }), 'unknown'],
    ],
  },
  'etcd-ca': {
    good: [
      ['the name that kubeadm gives', pem(ANYWHERE, { cn: 'etcd-ca', ca: true })],
      ['kubeadm’s file', pem(`${PKI}/etcd/ca.crt`, { cn: 'x', ca: true })],
    ],
    near: [['a name that begins so', pem(ANYWHERE, { cn: 'etcd-ca-old', ca: true }), 'unknown']],
  },
  'front-proxy-ca': {
    good: [
      ['the name that kubeadm gives', pem(ANYWHERE, { cn: 'front-proxy-ca', ca: true })],
      ['kubeadm’s file', pem(`${PKI}/front-proxy-ca.crt`, { cn: 'x', ca: true })],
    ],
    near: [
      [
        'another name, in a file of that name elsewhere',
        pem('D:\\front-proxy-ca.crt', { cn: 'x', ca: true }),
        'unknown',
      ],
    ],
  },
  apiserver: {
    good: [
      ['name and purpose', pem(ANYWHERE, { cn: 'kube-apiserver', usage: SERVER })],
      [
        'the service’s name as a SAN',
        pem(ANYWHERE, { cn: 'x', dns: ['kubernetes', 'Kubernetes.default.svc'], usage: SERVER }),
      ],
      ['that SAN with a final dot', pem(ANYWHERE, { dns: ['kubernetes.default.svc.'], usage: SERVER })],
      ['kubeadm’s file', pem(`${PKI}/apiserver.crt`, { cn: 'aks-api', usage: SERVER })],
    ],
    near: [
      ['that name with client usage only', pem(ANYWHERE, { cn: 'kube-apiserver', usage: CLIENT }), 'unknown'],
      ['the short name of the service', pem(ANYWHERE, { dns: ['kubernetes.default'], usage: SERVER }), 'unknown'],
      ['an authority of that name', pem(ANYWHERE, { cn: 'kube-apiserver', ca: true }), 'unknown'],
    ],
  },
  'apiserver-kubelet-client': {
    good: [
      [
        'name and purpose',
        pem(ANYWHERE, { cn: 'kube-apiserver-kubelet-client', o: ['system:masters'], usage: CLIENT }),
      ],
      ['kubeadm’s file', pem(`${PKI}/apiserver-kubelet-client.crt`, { cn: 'x', o: ['system:masters'], usage: CLIENT })],
    ],
    near: [['for servers only', pem(ANYWHERE, { cn: 'kube-apiserver-kubelet-client', usage: SERVER }), 'unknown']],
  },
  'apiserver-etcd-client': {
    good: [
      [
        'name and purpose, whoever issued it',
        pem(ANYWHERE, { cn: 'kube-apiserver-etcd-client', issuer: 'kubernetes', usage: CLIENT }),
      ],
      ['kubeadm’s file', pem(`${PKI}/apiserver-etcd-client.crt`, { usage: CLIENT })],
    ],
    near: [['another name', pem(ANYWHERE, { cn: 'etcd-client', issuer: 'etcd-ca', usage: CLIENT }), 'unknown']],
  },
  'etcd-server': {
    good: [
      [
        'file and issuer',
        pem('D:\\node1\\etcd\\server.crt', { cn: 'moc-l9iv8xjn3av', issuer: 'etcd-ca', usage: BOTH }),
      ],
      ['kubeadm’s file', pem(`${PKI}/etcd/server.crt`, { cn: 'moc-l9iv8xjn3av', issuer: 'kubernetes', usage: BOTH })],
      ['the name in the Kubernetes documentation', pem(ANYWHERE, { cn: 'kube-etcd', usage: BOTH })],
    ],
    near: [
      ['that file of another issuer', pem('C:\\inetpub\\etcd\\server.crt', { cn: 'x', usage: BOTH }), 'unknown'],
      ['that issuer in another file', pem('D:\\one.crt', { cn: 'moc-1', issuer: 'etcd-ca', usage: BOTH }), 'unknown'],
    ],
  },
  'etcd-peer': {
    good: [
      ['file and issuer', pem('D:\\node1\\etcd\\peer.crt', { cn: 'moc-l9iv8xjn3av', issuer: 'etcd-ca', usage: BOTH })],
      ['kubeadm’s file', pem(`${PKI}/etcd/peer.crt`, { cn: 'moc-1', usage: BOTH })],
      ['the name in the Kubernetes documentation', pem(ANYWHERE, { cn: 'kube-etcd-peer', usage: BOTH })],
    ],
    near: [['for clients only', pem('D:\\peer.crt', { cn: 'x', issuer: 'etcd-ca', usage: CLIENT }), 'unknown']],
  },
  'etcd-healthcheck-client': {
    good: [
      ['name and purpose', pem(ANYWHERE, { cn: 'kube-etcd-healthcheck-client', usage: CLIENT })],
      ['kubeadm’s file', pem(`${PKI}/etcd/healthcheck-client.crt`, { usage: CLIENT })],
    ],
    near: [['for servers only', pem(ANYWHERE, { cn: 'kube-etcd-healthcheck-client', usage: SERVER }), 'unknown']],
  },
  'front-proxy-client': {
    good: [
      ['name and purpose', pem(ANYWHERE, { cn: 'front-proxy-client', usage: CLIENT })],
      ['kubeadm’s file', pem(`${PKI}/front-proxy-client.crt`, { usage: CLIENT })],
    ],
    near: [['an authority of that name', pem(ANYWHERE, { cn: 'front-proxy-client', ca: true }), 'unknown']],
  },
  'kubelet-client': {
    good: [
      [
        'node and group, for clients',
        pem('/var/lib/kubelet/pki/kubelet-client-current.pem', { ...NODE, usage: CLIENT }),
      ],
      ['the same in kubelet.conf', kubeconfig('/etc/kubernetes/kubelet.conf', NODE)],
      ['any purpose, no SANs', pem(ANYWHERE, NODE)],
      [
        'issued by the signer of kubelet clients, whatever the purpose',
        signerEvidence('kubernetes.io/kube-apiserver-client-kubelet', { ...NODE, dns: ['moc-1'] }),
      ],
    ],
    near: [
      [
        'issued by that signer to somebody else',
        signerEvidence('kubernetes.io/kube-apiserver-client-kubelet', { cn: 'moc-1', usage: CLIENT }),
        'unknown',
      ],
      ['without the group', pem(ANYWHERE, { cn: NODE.cn, usage: CLIENT }), 'unknown'],
      ['another name in the group', pem(ANYWHERE, { cn: 'moc-1', o: NODE.o, usage: CLIENT }), 'unknown'],
    ],
  },
  'kubelet-server': {
    good: [
      [
        'node and group, for servers',
        pem('/var/lib/kubelet/pki/kubelet-server-current.pem', { ...NODE, dns: ['moc-1'], usage: SERVER }),
      ],
      ['any purpose, with SANs', pem(ANYWHERE, { ...NODE, ip: ['10.0.0.5'] })],
      [
        'issued by the signer of kubelet servers, whatever the purpose',
        signerEvidence('kubernetes.io/kubelet-serving', NODE),
      ],
      [
        'signed by the kubelet itself',
        pem('/var/lib/kubelet/pki/kubelet.crt', { cn: 'moc-1@1767225600', usage: SERVER }),
      ],
      ['that file elsewhere', pem('D:\\node1\\kubelet.crt', { cn: 'moc-1@1767225600', usage: SERVER })],
    ],
    near: [
      ['that name in another file', pem(ANYWHERE, { cn: 'localhost@1767225600', usage: SERVER }), 'unknown'],
      [
        'the authority beside it',
        pem('/var/lib/kubelet/pki/kubelet.crt', { cn: 'moc-1-ca@1767225600', ca: true }),
        'unknown',
      ],
      ['an e-mail address', pem('D:\\kubelet.crt', { cn: 'moc@contoso.example', usage: SERVER }), 'unknown'],
    ],
  },
  'admin-conf': {
    good: [
      [
        'an admin in admin.conf',
        kubeconfig('/etc/kubernetes/admin.conf', { cn: 'kubernetes-admin', o: ['system:masters'] }),
      ],
      ['a copy of that file', kubeconfig('C:\\temp\\admin.conf', { cn: 'x', o: ['kubeadm:cluster-admins'] })],
      ['the certificate taken from it', pem('/etc/kubernetes/admin.crt', { cn: 'kubernetes-admin', usage: CLIENT })],
    ],
    near: [
      ['someone else in that file', kubeconfig('C:\\temp\\admin.conf', { cn: 'developer' }), 'kubeconfig-client'],
      ['the admin in another file', kubeconfig(KUBE, { cn: 'kubernetes-admin' }), 'admin-kubeconfig'],
      ['a group alone', pem('/etc/kubernetes/x.crt', { cn: 'x', o: ['system:masters'], usage: CLIENT }), 'unknown'],
    ],
  },
  'super-admin-conf': {
    good: [
      ['the name that kubeadm gives', kubeconfig(KUBE, { cn: 'kubernetes-super-admin', o: ['system:masters'] })],
      ['an admin in that file', kubeconfig('/etc/kubernetes/super-admin.conf', { cn: 'x', o: ['system:masters'] })],
    ],
    near: [['someone else in that file', kubeconfig('C:\\super-admin.conf', { cn: 'developer' }), 'kubeconfig-client']],
  },
  'controller-manager': {
    good: [
      [
        'name and purpose',
        kubeconfig('/etc/kubernetes/controller-manager.conf', { cn: 'system:kube-controller-manager' }),
      ],
      ['the certificate alone', pem(ANYWHERE, { cn: 'system:kube-controller-manager', usage: CLIENT })],
    ],
    near: [
      [
        'someone else in that file',
        kubeconfig('/etc/kubernetes/controller-manager.conf', { cn: 'x' }),
        'kubeconfig-client',
      ],
    ],
  },
  scheduler: {
    good: [['name and purpose', kubeconfig('/etc/kubernetes/scheduler.conf', { cn: 'system:kube-scheduler' })]],
    near: [['another name', kubeconfig(KUBE, { cn: 'kube-scheduler' }), 'kubeconfig-client']],
  },
  'ad-auth-webhook': {
    good: [
      ['the webhook’s name', pem(ANYWHERE, { cn: 'ad-auth-webhook', usage: SERVER })],
      ['the webhook’s service as a SAN', pem(ANYWHERE, { dns: ['ad-auth-webhook.kube-system.svc'], usage: SERVER })],
    ],
    near: [
      ['a longer word', pem(ANYWHERE, { cn: 'ad-auth-webhooks', usage: SERVER }), 'unknown'],
      ['an authority of that name', pem(ANYWHERE, { cn: 'ad-auth-webhook', ca: true }), 'unknown'],
    ],
  },
  'bootstrap-token': {
    good: [
      ['kubeadm’s file', kubeconfigToken('/etc/kubernetes/bootstrap-kubelet.conf')],
      ['its Secret', secretToken('system:bootstrap:07401b', 'bootstrap.kubernetes.io/token')],
    ],
    near: [
      ['another user of a Secret', secretToken('system:bootstrapper'), 'unknown'],
      ['another file there', kubeconfigToken('/etc/kubernetes/kubelet.conf'), 'kubeconfig-token'],
    ],
  },
  'service-account-token': {
    good: [
      ['its path in a pod', kubeconfigToken('/var/run/secrets/kubernetes.io/serviceaccount/token')],
      ['its account in a Secret', secretToken('system:serviceaccount:kube-system:csi')],
      ['the type of its Secret', secretToken('', 'kubernetes.io/service-account-token')],
    ],
    near: [
      ['a user whose name only begins that way', secretToken('system:serviceaccounts'), 'unknown'],
      ['a file of that name elsewhere', kubeconfigToken('/home/clouduser/serviceaccount/token'), 'kubeconfig-token'],
    ],
  },
  'management-kubeconfig': {
    good: [
      [
        'the documented file',
        kubeconfig('C:\\AksHci\\1.0.2.10723\\kubeconfig-mgmt', { cn: 'kubernetes-admin', o: ['system:masters'] }),
      ],
      ['a copy with another extension', kubeconfig('D:\\KubeConfig-Mgmt.bak', { cn: 'x' })],
      ['the file of the previews', kubeconfig('C:\\AksHci\\kubeconfig-clustergroup-management', { cn: 'x' })],
    ],
    near: [
      ['a longer word', kubeconfig('C:\\AksHci\\kubeconfig-mgmtx', { cn: 'x' }), 'kubeconfig-client'],
      ['a cluster of that name in another file', kubeconfig(KUBE, { cn: 'management-admin' }), 'admin-kubeconfig'],
      ['a node in that file', kubeconfig('C:\\AksHci\\kubeconfig-mgmt', NODE), 'kubelet-client'],
    ],
  },
  'admin-kubeconfig': {
    good: [
      ['the admin that kubeadm makes', kubeconfig(KUBE, { cn: 'kubernetes-admin' })],
      ['the group of admins', kubeconfig(KUBE, { cn: 'tanaka', o: ['system:masters'] })],
      ['the group since Kubernetes 1.29', kubeconfig(KUBE, { cn: 'tanaka', o: ['kubeadm:cluster-admins'] })],
      ['a name that ends that way', kubeconfig(KUBE, { cn: 'retail-east-admin' })],
      ['the admin’s certificate alone', pem(ANYWHERE, { cn: 'kubernetes-admin', usage: CLIENT })],
    ],
    near: [
      ['a name that only begins that way', kubeconfig(KUBE, { cn: 'retail-administrator' }), 'kubeconfig-client'],
      ['a group in different case', kubeconfig(KUBE, { cn: 'tanaka', o: ['System:Masters'] }), 'kubeconfig-client'],
      ['such a name outside a kubeconfig', pem(ANYWHERE, { cn: 'backup-admin', usage: CLIENT }), 'unknown'],
    ],
  },
  'kubeconfig-client': {
    good: [
      ['any user', kubeconfig(KUBE, { cn: 'developer', o: ['team-a'] })],
      ['a user without a name', kubeconfig(KUBE, {})],
    ],
    near: [['the user’s certificate by itself', pem(ANYWHERE, { cn: 'developer', usage: CLIENT }), 'unknown']],
  },
  'kubeconfig-token': {
    good: [['any token', kubeconfigToken(KUBE)]],
    near: [['a token in a login file', login(LOGIN, 'x'), 'moc-token']],
  },
  'proxy-ca': {
    good: [
      [
        'a root in a file named for the proxy',
        pem('D:\\certs\\contoso-proxy-ca.crt', { cn: 'Contoso Root', ca: true }),
      ],
      ['the file of the cmdlet', pem('D:\\proxy.crt', { cn: 'Contoso Root', ca: true })],
    ],
    near: [
      ['a leaf in such a file', pem('D:\\proxy.crt', { cn: 'proxy.contoso.example', usage: SERVER }), 'unknown'],
      ['kube-proxy', pem('D:\\kube-proxy.crt', { cn: 'x', ca: true }), 'unknown'],
      ['a longer word', pem('D:\\proxying.crt', { cn: 'x', ca: true }), 'unknown'],
    ],
  },
  unknown: {
    good: [
      [
        'a public root in a bundle',
        pem('D:\\bundle.pem', { cn: 'ISRG Root X1', o: ['Internet Security Research Group'], ca: true }),
      ],
      ['a certificate that reveals nothing', pem(ANYWHERE, {})],
      ['someone else’s web server', pem(ANYWHERE, { cn: 'www.contoso.example', usage: SERVER })],
    ],
    near: [],
  },
};

for (const [role, { good, near }] of Object.entries(TABLE)) {
  describe(`${role} is recognised`, () => {
    test.each(good)('%s is enough to recognise the role', (_, evidence) => {
      expect(classify(evidence).role).toBe(role);
    });
    if (near.length > 0) {
      test.each(near)('%s is not mistaken for the role', (_, evidence, instead) => {
        expect(classify(evidence).role).toBe(instead);
      });
    }
  });
}

test('the table covers every role except one that files do not reveal', () => {
  // The certificate of an additional admin may have any name, and an access file contains no client type.
  expect([...Object.keys(TABLE), 'extra-admin'].sort()).toEqual([...ROLE_IDS].sort());
});

test('a certificate gets the same role in DER and in PEM', () => {
  const evidence = pem(ANYWHERE, { cn: 'kube-apiserver', usage: SERVER });
  expect(classify({ ...evidence, origin: { format: 'der' } })).toEqual(classify(evidence));
});

test.each<[Layer, string, CredentialEvidence]>([
  ['moc', 'MOC’s extensions', pem(ANYWHERE, { ca: true, moc: {} })],
  ['moc', 'a folder of an agent', pem('C:\\ProgramData\\wssdagent\\x.pem', { ca: true })],
  ['moc', 'a profile of a MOC program', pem(`${PROFILE}\\kvactl\\x.pem`, {})],
  ['kubernetes', 'a CA of a cluster as issuer', pem(ANYWHERE, { cn: 'x', issuer: 'kubernetes' })],
  ['kubernetes', 'a folder of the node', pem(`${PKI}/x.crt`, { cn: 'x' })],
  ['workstation', 'nothing', pem(ANYWHERE, { cn: 'x' })],
])('an unknown certificate belongs to %s because of %s', (layer, _, evidence) => {
  expect(classify(evidence)).toEqual({ role: 'unknown', layer });
});

// ---- Properties -----------------------------------------------------------------------------------------------------

const word = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom(
    'kubernetes',
    'etcd-ca',
    'kube-apiserver',
    'kubernetes-admin',
    'system:node:a',
    'system:nodes',
    'system:masters',
    'KMSPlugin-a-moc-kms-plugin',
    'constructor',
    '__proto__',
    'Admin',
    'Node',
  ),
);
const words = fc.array(word, { maxLength: 3 });
const part = fc.oneof(
  fc.stringMatching(/^[a-zA-Z0-9 ._@-]{0,12}$/u),
  fc.constantFrom(
    '.wssd',
    'kvactl',
    'mocctl',
    'wssdagent',
    'wssdcloudagent',
    'etc',
    'kubernetes',
    'pki',
    'kubelet',
    'azhci',
    'cloudconfig',
    'admin.conf',
    'kubeconfig-mgmt',
    'ca.crt',
    'server.crt',
    'bootstrap-kubelet.conf',
  ),
);
const parts = fc.array(part, { maxLength: 6 });

const origins: fc.Arbitrary<Origin> = fc.oneof(
  fc.record({ format: fc.constantFrom('pem' as const, 'der' as const) }),
  fc.record(
    {
      format: fc.constant('kubeconfig' as const),
      part: fc.constantFrom('certificate-authority' as const, 'client-certificate' as const, 'token' as const),
      clusterName: word,
      userName: word,
    },
    { requiredKeys: ['format', 'part'] },
  ),
  fc.record(
    {
      format: fc.constant('access-file' as const),
      part: fc.constantFrom('cloud-certificate' as const, 'client-certificate' as const),
      identityName: word,
    },
    { requiredKeys: ['format', 'part'] },
  ),
  fc.record(
    {
      format: fc.constant('login-file' as const),
      part: fc.constantFrom('cloud-certificate' as const, 'token' as const),
      identityName: word,
      clientType: word,
    },
    { requiredKeys: ['format', 'part', 'identityName'] },
  ),
);

const sayings: fc.Arbitrary<Said> = fc.record(
  {
    cn: word,
    o: words,
    issuer: word,
    dns: words,
    ip: words,
    usage: fc.subarray(['serverAuth', 'clientAuth', 'anyExtendedKeyUsage', '1.2.3']),
    ca: fc.boolean(),
    moc: fc.record({ accessIdentity: word }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
);

const evidences = fc.record({
  kind: fc.constantFrom('certificate' as const, 'token' as const),
  origin: origins,
  said: fc.option(sayings, { nil: undefined }),
  parts,
});

function makeEvidence(
  { kind, origin, said }: { kind: CredentialEvidence['kind']; origin: Origin; said: Said | undefined },
  path: string,
): CredentialEvidence {
  return { kind, origin, path, ...(said === undefined ? {} : { facts: facts(said) }) };
}

test('any evidence leads to an existing role with its layer, and never to an exception', () => {
  fc.assert(
    fc.property(evidences, fc.string(), (given, path) => {
      const { role, layer } = classify(makeEvidence(given, path));
      expect(ROLE_IDS).toContain(role);
      expect(LAYERS).toContain(layer);
      expect(ROLES[role].layer ?? layer).toBe(layer);
    }),
  );
});

test('a path leads to the same role with either separator and in upper or lower case', () => {
  fc.assert(
    fc.property(evidences, (given) => {
      const posix = classify(makeEvidence(given, `/${given.parts.join('/')}`));
      expect(classify(makeEvidence(given, `C:\\${given.parts.join('\\')}`))).toEqual(posix);
      expect(classify(makeEvidence(given, `/${given.parts.join('/')}`.toUpperCase()))).toEqual(posix);
    }),
  );
});

test('a certificate with a private MOC extension belongs to the MOC layer unless it is a CA', () => {
  fc.assert(
    fc.property(sayings, parts, (said, path) => {
      const { layer } = classify(pem(`/${path.join('/')}`, { ...said, ca: false, moc: {} }));
      expect(layer).toBe('moc');
    }),
  );
});
