import { findPython, findTool, isAtLeast, type ToolName } from '../../build/tools.mjs';

/** What a test gets from Vitest to skip itself. */
interface Skippable {
  skip: (condition: boolean, note?: string) => void;
}

/**
 * The path of a program that a test compares with. Where it is missing, or older than `least`, the running test is
 * skipped with the reason, which is repeated at the end of the run.
 */
export function needTool({ skip }: Skippable, name: ToolName, least = '0'): string {
  const tool = findTool(name);
  skip(tool === undefined, `${name} is not here`);
  const { path, version } = tool ?? { path: name, version: '0' };
  skip(!isAtLeast(version, least), `${name} is ${version}; this needs ${least}`);
  return path;
}

/** The path of a Python with the given module; skips the running test where there is none. */
export function needPython({ skip }: Skippable, module: string): string {
  const path = findPython(module);
  skip(path === undefined, `no python3 here has the module ${module}`);
  return path ?? 'python3';
}
