import type { Citation } from '../../../shared/citation.ts';
import { inferred } from './sources.ts';

/*
 * Sources of the rules about RenewRevocation, besides the article. Neither its schema nor the code that acts on it is
 * public, so the comparison of values is inferred throughout, and labelled so.
 */

export const ROW_SPELLING = inferred('source.revocation.spelling');
export const ROW_SERIAL_FORMS = inferred('source.revocation.serial-forms');
export const ROW_SERIAL_ISSUER = inferred('source.revocation.serial-issuer');
export const ROW_CUTOFF = inferred('source.revocation.cutoff');
export const ROW_SERIAL_CUTOFF = inferred('source.revocation.serial-cutoff');
export const ROW_GROUP = inferred('source.revocation.group');
export const ROW_DNS = inferred('source.revocation.dns');
export const ROW_SUFFIX = inferred('source.revocation.suffix');
export const ROW_WILDCARD = inferred('source.revocation.wildcard');
export const ROW_IP = inferred('source.revocation.ip');
export const ROW_ONE_VALUE = inferred('source.revocation.one-value');
export const ROW_UNION = inferred('source.revocation.union');
export const ROW_DELETION = inferred('source.revocation.deletion');
export const ROW_RESOURCE = inferred('source.revocation.resource');
export const ROW_CONNECTIONS = inferred('source.revocation.connections');
export const ROW_KUBECONFIG = inferred('source.inferred.check-at-renewal');
export const ROW_MOC = inferred('source.revocation.moc');
export const ROW_AUTHORITY = inferred('source.inferred.revocation-of-renewed');
export const ROW_SHORT = inferred('source.revocation.short');

export const OBJECT_NAMES: Citation = {
  certainty: 'documented',
  work: 'Kubernetes documentation, Object Names and IDs',
  place: 'DNS Subdomain Names',
};

/** Members of `system:masters` pass every authorization check; no binding can take that away. */
export const RBAC_MASTERS: Citation = {
  certainty: 'documented',
  work: 'Kubernetes documentation, Role Based Access Control Good Practices',
  place: 'Least privilege',
};

/** `kubectl apply` keeps the applied object in an annotation, and the total size of annotations is limited. */
export const ANNOTATION_LIMIT: Citation = {
  certainty: 'from-code',
  work: 'kubernetes/apimachinery',
  place: 'pkg/api/validation/objectmeta.go, TotalAnnotationSizeLimitB',
};

export const YAML_SPECIFICATION: Citation = {
  certainty: 'documented',
  work: 'YAML Ain’t Markup Language, version 1.2.2',
};
