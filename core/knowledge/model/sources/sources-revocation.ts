import type { Citation } from '../../../shared/citation.ts';
import { cite, conclusion, inference } from './sources.ts';

/*
 * Sources of the rules about RenewRevocation, in addition to the article. Neither the schema nor the code that applies
 * it is public, so the comparison of values is always inferred.
 */

function rule(id: string): Citation {
  return conclusion(`source.revocation.${id}`);
}

export const ROW_SPELLING = rule('spelling');
export const ROW_SERIAL_FORMS = rule('serial-forms');
export const ROW_SERIAL_ISSUER = rule('serial-issuer');
export const ROW_CUTOFF = rule('cutoff');
export const ROW_SERIAL_CUTOFF = rule('serial-cutoff');
export const ROW_GROUP = rule('group');
export const ROW_DNS = rule('dns');
export const ROW_SUFFIX = rule('suffix');
export const ROW_WILDCARD = rule('wildcard');
export const ROW_IP = rule('ip');
export const ROW_ONE_VALUE = rule('one-value');
export const ROW_UNION = rule('union');
export const ROW_DELETION = rule('deletion');
export const ROW_RESOURCE = rule('resource');
export const ROW_CONNECTIONS = rule('connections');
export const ROW_KUBECONFIG = inference('check-at-renewal');
export const ROW_MOC = rule('moc');
export const ROW_AUTHORITY = inference('revocation-of-renewed');
export const ROW_SHORT = rule('short');

export const OBJECT_NAMES = cite('documented', 'Kubernetes documentation, Object Names and IDs', 'DNS Subdomain Names');

/** Members of `system:masters` pass every authorization check; no binding can prevent that. */
export const RBAC_MASTERS = cite(
  'documented',
  'Kubernetes documentation, Role Based Access Control Good Practices',
  'Least privilege',
);

/** `kubectl apply` keeps the applied object in an annotation, and annotations have a total size limit. */
export const ANNOTATION_LIMIT = cite(
  'from-code',
  'kubernetes/apimachinery',
  'pkg/api/validation/objectmeta.go, TotalAnnotationSizeLimitB',
);

export const YAML_SPECIFICATION = cite('documented', 'YAML Ain’t Markup Language, version 1.2.2');
