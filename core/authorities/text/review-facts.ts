import type { ExaminedRequest, RequestReview } from '../../pki/model/request-review.ts';
import type { MessageKey } from '../../shared/text/text.ts';

export interface ReviewFact {
  name: MessageKey;
  values: readonly string[];
}

export function listAsked({ subject, sans, key, usages, leftOut }: ExaminedRequest): ReviewFact[] {
  return [
    { name: 'details.subject', values: [subject] },
    { name: 'authorities.preview.sans', values: [...sans.dns, ...sans.ip, ...leftOut.names] },
    { name: 'details.algorithm', values: [key] },
    { name: 'authorities.preview.usage', values: usages },
    { name: 'authorities.sign.extensions', values: leftOut.extensions },
  ];
}

/** Without the validity, whose form depends on the reader. */
export function listGranted({ certificate, issuer, leftOut }: RequestReview): ReviewFact[] {
  const { sans, extendedKeyUsage, keyUsage } = certificate;
  return [
    { name: 'authorities.preview.sans', values: [...sans.dns, ...sans.ip] },
    { name: 'authorities.preview.usage', values: [...extendedKeyUsage, ...keyUsage] },
    { name: 'authorities.sign.left-out', values: [...leftOut.names, ...leftOut.usages, ...leftOut.extensions] },
    { name: 'authorities.preview.signed-by', values: [issuer] },
  ];
}
