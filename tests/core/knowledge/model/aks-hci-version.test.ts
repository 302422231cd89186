import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  aksHciVersion,
  compareAksHci,
  compareKubernetes,
  kubernetesVersion,
  releaseMonth,
  updatePath,
  type AksHciVersion,
  type KubernetesVersion,
} from '../../../../core/knowledge/model/aks-hci-version.ts';
import { KNOWN_RELEASES } from '../../../../core/knowledge/model/releases.ts';

function build(text: string): AksHciVersion {
  const version = aksHciVersion(text);
  if (version === undefined) throw new Error(text);
  return version;
}

function kubernetes(text: string): KubernetesVersion {
  const version = kubernetesVersion(text);
  if (version === undefined) throw new Error(text);
  return version;
}

describe('a build of the product', () => {
  test('is read according to the versioning page', () => {
    expect(aksHciVersion(' 1.0.2.10723\n')).toEqual({
      text: '1.0.2.10723',
      major: 1,
      minor: 0,
      patch: 2,
      month: 7,
      day: 23,
    });
    expect(aksHciVersion('1.0.12.10229')).toMatchObject({ month: 2, day: 29 });
  });

  test.each(['1.0.2', '1.0.2.20723', '1.0.2.11301', '1.0.2.10230', '1.0.2.10100', 'v1.20.7', '', '1.0.2.10723 x'])(
    'is not read from "%s"',
    (text) => {
      expect(aksHciVersion(text)).toBeUndefined();
    },
  );

  test('is sorted after builds with lower numbers, whatever the number of digits', () => {
    const order = ['1.0.2.10723', '1.0.3.10818', '1.0.3.10901', '1.0.10.10513', '1.1.0.10101'];
    const shuffled = [...order].reverse().map(build).sort(compareAksHci);
    expect(shuffled.map(({ text }) => text)).toEqual(order);
  });

  test('gets its year from the previous and the next known release', () => {
    expect(releaseMonth(build('1.0.2.10723'))).toEqual({ year: 2021, month: 7 });
    expect(releaseMonth(build('1.0.7.11215'))).toEqual({ year: 2021, month: 12 });
    expect(releaseMonth(build('1.0.7.10110'))).toEqual({ year: 2022, month: 1 });
    expect(releaseMonth(build('1.0.13.10907'))).toEqual({ year: 2022, month: 9 });
    expect(releaseMonth(build('1.0.16.10113'))).toEqual({ year: 2023, month: 1 });
    expect(releaseMonth(build('1.0.22.10209'))).toEqual({ year: 2024, month: 2 });
    expect(releaseMonth(build('1.0.23.10401'))).toEqual({ year: 2024, month: 4 });
  });

  test('gets no year outside the known releases, or if the year would make it older than the previous release', () => {
    expect(releaseMonth(build('1.0.26.10401'))).toBeUndefined();
    expect(releaseMonth(build('0.9.9.10401'))).toBeUndefined();
    expect(releaseMonth(build('1.0.9.10601'))).toBeUndefined();
  });

  test('is newer than the previous build in the list of known releases', () => {
    const builds = KNOWN_RELEASES.map(({ build: text }) => build(text));
    expect([...builds].sort(compareAksHci)).toEqual(builds);
    const months = KNOWN_RELEASES.map(({ year }, at) => year * 12 + (builds[at]?.month ?? 0));
    expect([...months].sort((a, b) => a - b)).toEqual(months);
  });
});

describe('a Kubernetes version', () => {
  test('is read with or without the v, and printed with it', () => {
    expect(kubernetes('1.20.7')).toEqual(kubernetes(' V1.20.7 '));
    expect(kubernetes('1.20.7').text).toBe('v1.20.7');
    for (const text of ['1.20', 'v1.20.7-rc1', 'v1.20.7.1', 'latest', ''])
      expect(kubernetesVersion(text), text).toBeUndefined();
  });

  /** Returns the steps of a path: `v1.20.5`, or `v1.21 ?` if no version is known. */
  function path(current: string, offered: string[], target?: string): string[] | undefined {
    return updatePath(
      kubernetes(current),
      offered.map(kubernetes),
      target === undefined ? undefined : kubernetes(target),
    )?.map(({ minor, version }) => version?.text ?? `${minor} ?`);
  }

  test('is reached one minor version at a time, with the newest patch of each', () => {
    const offered = ['v1.19.9', 'v1.20.2', 'v1.20.5', 'v1.21.1', 'v1.21.9', 'v1.21.10'];
    expect(path('v1.19.7', offered)).toEqual(['v1.20.5', 'v1.21.10']);
    expect(path('v1.19.7', offered, 'v1.21.1')).toEqual(['v1.20.5', 'v1.21.1']);
    expect(path('v1.19.7', offered, 'v1.19.9')).toEqual(['v1.19.9']);
    expect(path('v1.19.7', ['v1.19.9'])).toEqual(['v1.19.9']);
  });

  test('stays open in the path if it was not offered, unless it is the target', () => {
    expect(path('v1.19.7', ['v1.20.5'], 'v1.23.8')).toEqual(['v1.20.5', 'v1.21 ?', 'v1.22 ?', 'v1.23.8']);
    expect(path('v1.19.7', [], 'v1.20.1')).toEqual(['v1.20.1']);
  });

  test('has an empty path if it is already installed, and none if it is older', () => {
    expect(path('v1.20.7', ['v1.19.9', 'v1.20.7'])).toEqual([]);
    expect(path('v1.20.7', ['v1.21.1'], 'v1.20.7')).toEqual([]);
    expect(path('v1.20.7', ['v1.21.1'], 'v1.20.6')).toBeUndefined();
    expect(path('v1.20.7', [], 'v2.0.0')).toBeUndefined();
    expect(path('v1.20.7', ['v2.0.0'])).toEqual([]);
  });

  test('is never reached by skipping a minor version or going back, whatever was offered', () => {
    const version = fc
      .tuple(fc.integer({ min: 18, max: 26 }), fc.nat(12))
      .map(([minor, patch]) => kubernetes(`v1.${minor}.${patch}`));
    fc.assert(
      fc.property(version, fc.array(version, { maxLength: 12 }), fc.option(version), (current, offered, target) => {
        const steps = updatePath(current, offered, target ?? undefined);
        if (steps === undefined) {
          expect(target !== null && compareKubernetes(target, current) < 0).toBe(true);
          return;
        }
        let before = current;
        let minor = current.minor;
        for (const step of steps) {
          const next = Number(/^v1\.(\d+)$/u.exec(step.minor)?.[1]);
          expect(next - minor).toBeLessThanOrEqual(1);
          if (step.version !== undefined) {
            expect(step.version.minor).toBe(next);
            expect(compareKubernetes(step.version, before)).toBeGreaterThan(0);
            expect([...offered, target]).toContainEqual(step.version);
            before = step.version;
          }
          minor = next;
        }
        if (target !== null) expect(before).toEqual(target);
        else for (const one of offered) expect(one.minor).toBeLessThanOrEqual(Math.max(before.minor, minor));
      }),
    );
  });
});
