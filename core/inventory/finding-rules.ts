import { FORMAT_RULES } from '../formats/format-rules.ts';

/** Every rule that an import, an inspection or the details of a credential may report, beside the decoder's. */
export const FINDING_RULES = [
  ...FORMAT_RULES,
  'file.not-found',
  'file.not-readable',
  'file.not-a-file',
  'file.too-large', // limitMiB
  'folder.too-deep', // limit
  'folder.too-many-files', // limit
  'folder.loop',
  'kubeconfig.reference-refused', // file
  'kubeconfig.reference-not-readable', // file
  'kubeconfig.reference-empty', // file
  'key.differs', // name
  'key.encrypted', // name
  'key.not-readable', // name
  'key.shared', // name, count, other
  'certificate.expired', // name, notAfter
  'certificate.not-yet-valid', // name, notBefore
  'token.expired', // name, notAfter
  'token.not-yet-valid', // name, notBefore
  'token.assumed', // name, notAfter
  'token.no-end', // name
  'renewal.refused', // name, entry
  'renewal.refused-until', // name, entry, until
  'renewal.named', // name, entry
] as const;
