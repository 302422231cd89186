import type { Citation } from '../../../shared/citation.ts';
import { conclusion } from './sources.ts';

/*
 * Sources of the rules about RenewRevocation, in addition to the article. Neither its schema nor the code that applies
 * it is public, so the comparison of values is always inferred, and labelled so.
 */

export const ROW_SPELLING = conclusion('source.revocation.spelling');
export const ROW_SERIAL_FORMS = conclusion('source.revocation.serial-forms');
export const ROW_SERIAL_ISSUER = conclusion('source.revocation.serial-issuer');
export const ROW_CUTOFF = conclusion('source.revocation.cutoff');
export const ROW_SERIAL_CUTOFF = conclusion('source.revocation.serial-cutoff');
export const ROW_GROUP = conclusion('source.revocation.group');
export const ROW_DNS = conclusion('source.revocation.dns');
export const ROW_SUFFIX = conclusion('source.revocation.suffix');
export const ROW_WILDCARD = conclusion('source.revocation.wildcard');
export const ROW_IP = conclusion('source.revocation.ip');
export const ROW_ONE_VALUE = conclusion('source.revocation.one-value');
export const ROW_UNION = conclusion('source.revocation.union');
export const ROW_DELETION = conclusion('source.revocation.deletion');
export const ROW_RESOURCE = conclusion('source.revocation.resource');
export const ROW_CONNECTIONS = conclusion('source.revocation.connections');
export const ROW_KUBECONFIG = conclusion('source.inferred.check-at-renewal');
export const ROW_MOC = conclusion('source.revocation.moc');
export const ROW_AUTHORITY = conclusion('source.inferred.revocation-of-renewed');
export const ROW_SHORT = conclusion('source.revocation.short');

export const OBJECT_NAMES: Citation = {
  certainty: 'documented',
  work: 'Kubernetes documentation, Object Names and IDs',
  place: 'DNS Subdomain Names',
};

/** Members of `system:masters` pass every authorization check; no binding can prevent that. */
export const RBAC_MASTERS: Citation = {
  certainty: 'documented',
  work: 'Kubernetes documentation, Role Based Access Control Good Practices',
  place: 'Least privilege',
};

/** `kubectl apply` keeps the applied object in an annotation, and annotations have a total size limit. */
export const ANNOTATION_LIMIT: Citation = {
  certainty: 'from-code',
  work: 'kubernetes/apimachinery',
  place: 'pkg/api/validation/objectmeta.go, TotalAnnotationSizeLimitB',
};

export const YAML_SPECIFICATION: Citation = {
  certainty: 'documented',
  work: 'YAML Ain’t Markup Language, version 1.2.2',
};
