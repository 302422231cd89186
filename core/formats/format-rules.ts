/** Every rule that a reader of files may find broken, beside those of certificates (`x509-rules.ts`). */
export const FORMAT_RULES = [
  'format.not-supported-yet', // format
  'text.damaged',
  'base64.damaged', // name
  'field.not-pem', // name
  'pem.damaged', // label
  'pem.not-closed', // label
  'yaml.too-large', // limitKiB
  'yaml.too-complex', // limit
  'yaml.too-deep', // limit
  'yaml.alias-bomb', // limit
  'yaml.duplicate-key',
  'yaml.invalid', // code
  'yaml.several-documents',
  'yaml.not-text', // field
  'yaml.number-as-text', // field
  'kubeconfig.malformed',
  'kubeconfig.duplicate-name', // list, name
  'kubeconfig.broken-context', // context, what, missing
  'kubeconfig.insecure', // cluster
  'kubeconfig.both-forms', // used, ignored
  'kubeconfig.password', // user
  'kubeconfig.nothing-to-expire', // user, method
  'kubeconfig.empty-user', // user
  'access-file.no-client-certificate',
  'login-file.key-case', // field
  'login-file.no-name',
  'login-file.no-token',
  'token.bad-time', // claim
  'file.more-findings', // count
] as const;
