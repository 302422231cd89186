/** How the console judges expiry: why a renewal is seen failing, power-off, thresholds. */
export const expiry = {
  'obstacle.issuer-expired': 'Its CA has expired: nothing it signs is valid.',
  'obstacle.api-server-expired':
    'No API server certificate of this cluster is valid any more, and the renewal goes through the API server.',
  'obstacle.approver-token-expired':
    'The token of the certificate manager, which approves the kubelet’s requests, has expired.',
  'obstacle.unchanged':
    'Read again after the renewal should have been tried several times, and still the same certificate.',
} as const;
