import { FORMAT_RULES } from '../formats/format-rules.ts';

/** Rules that an import, an inspection or a credential's details may report, except the decoder's rules. */
export const FINDING_RULES = [
  ...FORMAT_RULES,
  'file.not-found',
  'file.name-not-utf8',
  'file.not-readable',
  'file.not-a-file',
  'file.too-large', // limitMiB
  'folder.too-deep', // limit
  'folder.too-many-files', // limit
  'folder.loop',
  'kubeconfig.reference-refused', // file
  'kubeconfig.reference-not-readable', // file
  'kubeconfig.reference-empty', // file
  'kubeconfig.other-ca', // name, cluster, path
  'module-config.version', // name and value of the setting, as for other settings
  'module-config.module',
  'module-config.state',
  'module-config.cloud-agent',
  'module-config.cluster-role',
  'module-config.access-files',
  'module-config.moc-login',
  'module-config.ssh-key',
  'module-config.management',
  'module-config.kubeconfig',
  'key.differs', // name
  'key.encrypted', // name
  'key.not-readable', // name
  'key.readable', // mode, readers
  'key.shared', // name, count, other
  'certificate.expired', // name, notAfter
  'certificate.not-yet-valid', // name, notBefore
  'certificate.issuer-expired', // name, issuer, issuerNotAfter
  'certificate.cluster-rebuilt', // name, cluster, notBefore, path
  'certificate.outlives-issuer', // name, notAfter, issuer, issuerNotAfter
  'certificate.weak-key', // name, algorithm, bits, minimum
  'certificate.weak-signature', // name, algorithm
  'certificate.names-missing', // name, missing
  'certificate.serial-repeated', // name, serial, other, path
  'certificate.expired-ca-trusted', // name, notAfter
  'token.expired', // name, notAfter
  'token.not-yet-valid', // name, notBefore
  'token.assumed', // name, notAfter
  'token.no-end', // name
  'renewal.refused', // name, entry
  'renewal.refused-until', // name, entry, until
  'renewal.named', // name, entry
] as const;
