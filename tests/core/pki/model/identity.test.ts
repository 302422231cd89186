import { describe, expect, test } from 'vitest';
import { PROFILES } from '../../../../core/pki/model/profiles.ts';
import {
  IDENTITY_NAME_FAULTS,
  identityNameFault,
  isSameIdentityName,
  findIdentityProfile,
  type ClientType,
  type IdentityNameFault,
} from '../../../../core/pki/model/identity.ts';
import { IDENTITY_PROFILE_IDS, PROFILE_IDS, type IdentityProfileId } from '../../../../core/pki/model/profile.ts';

test('the profiles of identities are those whose certificates are revoked with the identity', () => {
  const byIdentity = PROFILE_IDS.filter((id) => PROFILES[id].revokedBy.value === 'identity');
  expect([...IDENTITY_PROFILE_IDS].sort()).toEqual([...byIdentity].sort());
});

test.each<[string, ClientType, IdentityProfileId]>([
  ['KMSPlugin-retail-east-moc-kms-plugin', 'ControlPlane', 'kms-plugin'],
  // The suffix takes precedence over the type.
  ['KMSPlugin-retail-east-moc-kms-plugin', 'Node', 'kms-plugin'],
  ['retail-east-template-secret-akshci-cc', 'ExternalClient', 'cloud-provider'],
  ['host01', 'Node', 'node-agent'],
  ['csi-host', 'Node', 'node-agent'],
  ['lb-1', 'LoadBalancer', 'load-balancer'],
  ['caph', 'ExternalClient', 'caph'],
  ['CloudOperator', 'ExternalClient', 'cloud-operator'],
  ['retail-east-csi', 'ControlPlane', 'csi'],
  ['CertManager-1', 'ControlPlane', 'cert-manager'],
  ['mocctl', 'Admin', 'mocctl'],
  ['Appliance', 'Admin', 'kvactl'],
  ['admin2', 'Admin', 'extra-admin'],
  ['something', 'BareMetal', 'extra-admin'],
])('%s of type %s gets certificates of the profile %s', (name, clientType, profile) => {
  expect(findIdentityProfile({ name, clientType })).toBe(profile);
});

describe('an identity name', () => {
  test.each<[string, IdentityNameFault | undefined]>([
    ['admin2', undefined],
    ['管理者 1', undefined],
    ['a', undefined],
    ['x'.repeat(253), undefined],
    ['x'.repeat(254), 'tooLong'],
    ['', 'empty'],
    ['   ', 'empty'],
    [' admin2', 'blankAtEnd'],
    ['admin2\u3000', 'blankAtEnd'],
    ['ad\u0000min', 'unprintable'],
    ['ad\nmin', 'unprintable'],
    ['ad\u009fmin', 'unprintable'],
    ['\ud800', 'unprintable'],
  ])('%j has the fault %s', (name, fault) => {
    expect(identityNameFault(name)).toBe(fault);
    if (fault !== undefined) expect(IDENTITY_NAME_FAULTS).toContain(fault);
  });

  test('is the same in upper and lower case', () => {
    expect(isSameIdentityName('Admin2', 'aDMIN2')).toBe(true);
    expect(isSameIdentityName('admin2', 'admin3')).toBe(false);
  });
});
