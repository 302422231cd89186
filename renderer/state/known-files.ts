import type { Citation } from '../../core/domain/citation.ts';
import type { MessageKey } from '../../core/language/text.ts';

/** A kind of file that an import reads, and where it usually lies; paths are the same in every language. */
export interface KnownFile {
  name: MessageKey;
  gives: MessageKey;
  paths: readonly string[];
  /** In place of paths, for what may lie anywhere. */
  anywhere?: MessageKey;
  citation?: Citation;
}

export const KNOWN_FILES: readonly KnownFile[] = [
  {
    name: 'empty.kubeconfig.name',
    gives: 'empty.kubeconfig.gives',
    paths: ['%USERPROFILE%\\.kube\\config', '<workingDir>\\<version>\\kubeconfig-mgmt'],
    citation: {
      certainty: 'documented',
      work: 'Microsoft Learn, Get-AksHciCredential',
      place: 'source.known-files.kubeconfig',
    },
  },
  {
    name: 'empty.cloudconfig.name',
    gives: 'empty.cloudconfig.gives',
    paths: [
      '%USERPROFILE%\\.wssd\\kvactl\\cloudconfig',
      '%USERPROFILE%\\.wssd\\mocctl\\cloudconfig',
    ],
    citation: {
      certainty: 'from-code',
      work: 'microsoft/moc',
      place: 'source.known-files.cloudconfig',
    },
  },
  {
    name: 'empty.login.name',
    gives: 'empty.login.gives',
    paths: ['%USERPROFILE%\\.wssd\\.token', 'login.yaml', 'cloudlogin.yaml', '*.tok'],
    citation: {
      certainty: 'from-code',
      work: 'microsoft/moc-sdk-for-go',
      place: 'source.known-files.login',
    },
  },
  {
    name: 'empty.pki.name',
    gives: 'empty.pki.gives',
    paths: ['/etc/kubernetes/pki'],
    citation: {
      certainty: 'documented',
      work: 'Kubernetes, PKI certificates and requirements',
      place: 'Certificate paths',
    },
  },
  { name: 'empty.pem.name', gives: 'empty.pem.gives', paths: [], anywhere: 'empty.pem.place' },
];
