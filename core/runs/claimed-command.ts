import { z } from 'zod';
import { unlessProblem } from '../shared/problem.ts';
import type { Ports, Processes, StartedProcess } from '../shared/ports.ts';

/** The file is beside the lock of a claim and remains if the process is killed. */
const COMMAND_FILE = 'command.json';
const LIMIT_BYTES = 1024;

const startedProcess: z.ZodType<StartedProcess> = z.object({ pid: z.int().min(1), started: z.string() });

/** Finds a command that an earlier holder of the claim started and that is still running. */
export async function findRunningCommand(
  { files, processes }: Pick<Ports, 'files' | 'processes'>,
  folder: string,
): Promise<StartedProcess | undefined> {
  // A file that causes a problem counts as absent, because the record of a run is authoritative.
  const bytes = await unlessProblem(files.read(files.join(folder, COMMAND_FILE), LIMIT_BYTES, { waits: true }));
  if (bytes === undefined) return undefined;
  const noted = startedProcess.safeParse(parseJson(bytes)).data;
  return noted !== undefined && processes.isAlive(noted) ? noted : undefined;
}

/** Wraps processes so that the running program is recorded in each folder of a claim. */
export function recordProcesses(
  { files, processes }: Pick<Ports, 'files' | 'processes'>,
  folders: readonly string[],
): Processes {
  const everywhere = (work: (path: string) => Promise<void>): Promise<unknown> =>
    Promise.all(folders.map((folder) => unlessProblem(work(files.join(folder, COMMAND_FILE)))));
  return {
    ...processes,
    stream: async (run) => {
      let noted: Promise<unknown> | undefined;
      try {
        return await processes.stream({
          ...run,
          onStart: (process) => {
            noted = everywhere((path) => files.replace(path, `${JSON.stringify(process)}\n`));
          },
        });
      } finally {
        await noted;
        if (noted !== undefined) await everywhere((path) => files.remove(path));
      }
    },
  };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
