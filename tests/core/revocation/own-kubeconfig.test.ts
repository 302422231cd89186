import { expect, test } from 'vitest';
import { findOwnKubeconfig } from '../../../core/revocation/kubeconfig.ts';

const find = (platform: string, variables: Record<string, string>): string | undefined =>
  findOwnKubeconfig({ platform, environment: (name) => variables[name] });

test('the kubeconfig in use is the first in KUBECONFIG, or else the one in the user profile', () => {
  expect(find('win32', { USERPROFILE: 'C:\\Users\\a' })).toBe('C:\\Users\\a\\.kube\\config');
  expect(find('win32', { USERPROFILE: 'C:\\Users\\a', KUBECONFIG: ';D:\\k;E:\\k' })).toBe('D:\\k');
  expect(find('linux', { HOME: '/home/a' })).toBe('/home/a/.kube/config');
  expect(find('linux', { HOME: '/home/a', KUBECONFIG: '/k/one:/k/two' })).toBe('/k/one');
  expect(find('linux', {})).toBeUndefined();
});
