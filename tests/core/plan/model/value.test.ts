import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COMMAND_PLACEHOLDERS } from '../../../../core/knowledge/model/command-placeholders.ts';
import type { PlanStep } from '../../../../core/plan/model/plan.ts';
import {
  LONGEST_VALUE,
  parseOpenValue,
  openValueUses,
  valueFault,
  valuePattern,
} from '../../../../core/plan/model/value.ts';
import { clusterStep } from '../../../../core/update/model/step.ts';

const fault = (name: string, value: string) => valueFault(parseOpenValue(name), value);

describe('a value that the admin must enter', () => {
  test.each([
    ['worker-ip', { placeholder: 'worker-ip' }],
    ['worker-ip-retail-east', { placeholder: 'worker-ip', of: 'retail-east' }],
    // Here, `-pod` is part of the placeholder, not the name of a cluster.
    ['kms-pod', { placeholder: 'kms-pod' }],
    ['pod-kms', { placeholder: 'pod', of: 'kms' }],
    ['of-nobody', {}],
  ])('%s is identified by its placeholder and its cluster', (name, known) => {
    expect(parseOpenValue(name)).toEqual({ name, ...known });
  });

  test('is recognised for every placeholder, with and without a cluster', () => {
    for (const placeholder of Object.keys(COMMAND_PLACEHOLDERS)) {
      expect(parseOpenValue(placeholder)).toEqual({ name: placeholder, placeholder });
      expect(parseOpenValue(`${placeholder}-east`)).toMatchObject({ placeholder, of: 'east' });
    }
  });
});

describe('the version in an update', () => {
  const why = { text: 'update.cluster.why', citations: [] };
  const step = (minor?: string): PlanStep =>
    clusterStep({ cluster: { name: 'retail-east' }, why, credentials: [], ...(minor && { minor }) });
  const NAME = 'kubernetes_version_retail_east_v1_24';

  test('becomes a parameter of a cmdlet, for one minor version of a cluster', () => {
    const use = { cmdlet: 'Update-AksHciCluster', parameter: 'kubernetesVersion' };
    expect(openValueUses([step('v1.23'), step('v1.24')]).get(NAME)).toEqual({
      ...use,
      cluster: 'retail-east',
      minor: 'v1.24',
    });
    expect(openValueUses([step()])).toEqual(
      new Map([['kubernetes_version_retail_east', { ...use, cluster: 'retail-east' }]]),
    );
    expect(openValueUses([step('v1.23')]).get(NAME)).toBeUndefined();
  });

  test.each([
    ['v1.24.9', undefined],
    ['1.24.9', undefined],
    ['newest', 'version'],
  ])('entered as "%s" has the fault %s', (value, kind) => {
    expect(fault(NAME, value)).toBe(kind);
  });
});

describe('the value of a placeholder', () => {
  test.each([
    ['worker-ip', '10.0.0.12'],
    ['worker-ip', 'fd00::12'],
    ['api-server', 'api.contoso.example'],
    ['pod', 'kms-plugin-retail-control-plane-abc12'],
    ['domain\\user', 'CONTOSO\\admin'],
    ['kms-container-id', '4f1c0a9be7d2'],
    ['subscription', '00000000-0000-0000-0000-000000000000'],
    ['module-version', '1.1.83'],
    ['login-file', 'C:\\Program Files\\login file.yaml'],
    ['spn', 'k8s/apiserver@CONTOSO.COM'],
    ['worker-ip', ' 10.0.0.12 '],
    ['worker-ip', '   '],
  ])('%s may be "%s"', (name, value) => {
    expect(fault(name, value)).toBeUndefined();
  });

  test.each([
    ['worker-ip', '10.0.0', 'address'],
    ['worker-ip', '10.0.0.256', 'address'],
    ['worker-ip', '-oProxyCommand=calc', 'address'],
    ['pod', 'kms plugin', 'name'],
    ['pod', '--all', 'name'],
    ['kms-container-id', '4f1c;', 'id'],
    ['module-version', 'latest', 'version'],
    ['login-file', 'C:\\a\nb', 'path'],
    ['spn', 'a\u0000b', 'text'],
    ['login-file', '--kubeconfig=other.yaml', 'path'],
    ['spn', '-x', 'text'],
    ['kubeconfig', ' --kubeconfig=other.yaml', 'text'],
  ])('%s cannot be "%s"', (name, value, kind) => {
    expect(fault(name, value)).toBe(kind);
  });

  test('never begins like an option, as both the console and the script check', () => {
    const names = fc.constantFrom(...Object.keys(COMMAND_PLACEHOLDERS), 'kubeconfig', 'kubernetes_version_a');
    fc.assert(
      fc.property(names, fc.string(), (name, rest) => {
        expect(fault(name, `-${rest}`)).toBeDefined();
        expect(`-${rest}`).not.toMatch(new RegExp(valuePattern(name).pattern, 'u'));
      }),
    );
  });

  test('contains no line break and is limited in length', () => {
    const names = fc.constantFrom(...Object.keys(COMMAND_PLACEHOLDERS));
    fc.assert(
      fc.property(names, fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (name, a, b) => {
        fc.pre(a.trim() !== '' && b.trim() !== '');
        expect(fault(name, `${a}\n${b}`)).toBeDefined();
      }),
    );
    expect(fault('spn', 'a'.repeat(LONGEST_VALUE))).toBeUndefined();
    expect(fault('spn', 'a'.repeat(LONGEST_VALUE + 1))).toBe('text');
  });
});

test('the name of an open value consists of its placeholder, with a hyphen for each backslash, and the name of a cluster', () => {
  expect(parseOpenValue('domain-user-depot')).toEqual({
    name: 'domain-user-depot',
    placeholder: 'domain\\user',
    of: 'depot',
  });
});
