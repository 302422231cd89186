import { CRL_RULES } from './x509/crl-rules.ts';
import { REQUEST_RULES } from './x509/rules.ts';

/** The rules of the file readers; `x509/rules.ts` has those of certificates. Comments name the parameters. */
export const FORMAT_RULES = [
  'format.not-supported-yet', // format
  'text.damaged',
  'base64.damaged', // name
  'field.not-pem', // name
  'pem.trust-settings', // trusted, rejected, named, alias
  'pem.trust-settings-damaged',
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
  'kubeconfig.login-in-address', // cluster, field
  'kubeconfig.both-forms', // used, ignored
  'kubeconfig.password', // user
  'kubeconfig.nothing-to-expire', // user, method
  'kubeconfig.empty-user', // user
  'access-file.no-client-certificate',
  'login-file.key-case', // field
  'login-file.no-name',
  'login-file.no-token',
  'module-config.cut',
  'module-config.secrets',
  'module-config.identity-cut',
  'module-config.identity-unreadable',
  'token.bad-time', // claim
  'container.damaged', // format
  'container.not-supported', // format, feature
  'container.too-many-entries', // format, limit
  'container.too-costly', // format
  'container.too-costly-together', // format
  'container.passphrase-wrong', // format, count
  'container.passphrase-needed', // format, count
  'container.empty', // format
  ...REQUEST_RULES,
  ...CRL_RULES,
  'request.unreadable',
  'request.holds-no-credential', // subject
  'crl.unreadable',
  'crl.holds-no-credential', // issuer, count
  'crl.holds-no-credential-until', // issuer, count, nextUpdate
  'kubernetes.malformed', // field
  'kubernetes.bad-time', // field
  'kubernetes.bad-number', // field
  'csr-object.incomplete', // field
  'csr-object.expiration-too-short', // seconds, shortest
  'csr-object.not-pem',
  'csr-object.pem-label', // found, expected
  'csr-object.several-requests',
  'csr-object.pending', // name, signer
  'csr-object.denied', // name, signer
  'csr-object.failed', // name, signer
  'csr-object.not-issued', // name, signer
  'bootstrap-token.malformed',
  'bootstrap-token.bad-expiration', // id
  'bootstrap-token.bad-group', // id
  'bootstrap-token.misplaced', // id, name, namespace
  'file.more-findings', // count
] as const;
