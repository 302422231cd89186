import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, uptime } from 'node:os';
import type { StartedProcess } from '../shared/ports.ts';
import { systemCode } from './system-error.ts';

const BOOT_ID = '/proc/sys/kernel/random/boot_id';
/** Indexes of fields in `/proc/<pid>/stat` after the name. Source: proc(5). */
const STATE = 0;
const START_TIME = 19;
const ENDED_STATES = ['Z', 'X'];
/** The start time is read shortly after the start, and some systems count the time since boot in whole seconds. */
const ROUNDING_MS = 2_000;

/** Returns the space in which a process number is unique: the computer, and on Linux also its boot and container. */
export function pidSpace(): string {
  try {
    if (process.platform === 'linux')
      return `${readFileSync(BOOT_ID, 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    // Without `/proc`, only the host name is known.
  }
  return hostname();
}

export function identifyProcess(pid: number): StartedProcess {
  return { pid, started: linuxStart(pid)?.started ?? new Date().toISOString() };
}

/**
 * Whether the same process is still running. On Linux the start time decides. Elsewhere any process with this number
 * counts, unless the computer has been restarted since.
 */
export function isStillAlive({ pid, started }: StartedProcess): boolean {
  if (process.platform === 'linux') {
    const found = linuxStart(pid);
    return found !== undefined && found.started === started && !ENDED_STATES.includes(found.state);
  }
  const bootedMs = Date.now() - uptime() * 1_000;
  return Date.parse(started) >= bootedMs - ROUNDING_MS && processExists(pid);
}

/** Returns the start time in ticks since boot, with an identifier of that boot. */
function linuxStart(pid: number): { started: string; state: string } | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const started = `${readFileSync(BOOT_ID, 'utf8').trim()} ${fields[START_TIME] ?? ''}`;
    return { started, state: fields[STATE] ?? '' };
  } catch {
    return undefined;
  }
}

/** Includes processes of other users. */
export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}
