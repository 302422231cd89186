import { expect, test } from 'vitest';
import { listReadyCommands } from '../../../../core/maintenance/text/maintenance-text.ts';

test('shows a sequence of commands as a whole, or not at all while a value in one of them is unknown', () => {
  const first = "kubectl delete -f 'C:\\revocations\\lost.yaml'";
  const known = 'Update-AksHciClusterCertificates -name east -fixCloudCredentials';
  const open = 'Update-AksHciClusterCertificates -name <cluster> -fixCloudCredentials';
  expect(listReadyCommands({ commands: [first, known] })).toEqual([first, known]);
  expect(listReadyCommands({ commands: [first, open] })).toEqual([]);
});
