import { z } from 'zod';
import { parseJson } from '../../formats/text/json-object.ts';
import type { StartedProcess } from '../../shared/ports.ts';
import { LAB_FILES } from '../model/lab.ts';
import type { LabFolder } from './files.ts';

const processFile = z.object({ pid: z.int().min(1), started: z.string() });

/** Returns the process that was started for a machine, which may have ended. */
export async function readProcess(lab: LabFolder, machine: string): Promise<StartedProcess | undefined> {
  const text = await lab.readIfPresent(processPath(machine));
  return text === undefined ? undefined : processFile.safeParse(parseJson(text)).data;
}

export function processPath(machine: string): string {
  return `${LAB_FILES.processes}/${machine}.json`;
}
