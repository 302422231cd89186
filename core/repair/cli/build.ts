import { findBuild } from '../../knowledge/model/build.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { UsageError } from '../../shared/verb/usage.ts';

/** The build given by `--build`; throws a `UsageError` when it is not one. */
export function buildOption({ line }: Pick<Invocation, 'line'>): { build?: string } {
  const { build } = line.values;
  if (build === undefined) return {};
  if (findBuild(build) === undefined)
    throw new UsageError('cli.usage.bad-value', { option: '--build', value: build, allowed: '1.0.14.10928' });
  return { build };
}
