import { spawnSync } from 'node:child_process';

import { programsOnPath } from '../../build/tools.mjs';

/** @returns why faults cannot be injected on this machine: a sentence without its full stop */
export function whyNoStrace() {
  const [strace] = programsOnPath('strace');
  if (strace === undefined) return 'strace is missing';
  const { status, stderr } = spawnSync(strace, ['-f', '-o', '/dev/null', process.execPath, '--version'], {
    encoding: 'utf8',
  });
  return status === 0 ? undefined : `strace may not trace here: ${stderr.trim().split('\n')[0]}`;
}
