import { z } from 'zod';
import type { ImportReport } from '../inventory/contract.ts';
import { method, type Calls } from '../shared/contract/method.ts';
import { fileTicket, name, textLike } from '../shared/contract/schemas.ts';
import { ETCD_CLIENT_ISSUERS, FASTEST_PACE, LAB_OUTAGES, type LabStatus } from './model/lab.ts';

/** Stands for the folder of a lab that the console knows. */
const labId = textLike<string>(/^[0-9a-f]{16}$/u);
const lab = { lab: labId };
const machine = { ...lab, machine: name };

interface LabPlace {
  id: string;
  /** For display only. */
  folder: string;
}

export interface PresentLab extends LabPlace {
  status: LabStatus;
}

/** A lab whose folder is gone, or whose description cannot be read. */
export interface MissingLab extends LabPlace {
  fault: 'absent' | 'damaged';
}

export type KnownLab = PresentLab | MissingLab;

/** The labs that were made or opened here, the latest first. Machines that the window has started end with it. */
export const LAB_METHODS = {
  list: method().reads().answers<KnownLab[]>(),
  /** Adds a lab that exists. */
  open: method({ source: fileTicket }).reads().answers<KnownLab[]>(),
  create: method({
    source: fileTicket,
    outage: z.enum(LAB_OUTAGES).optional(),
    pace: z.int().min(1).max(FASTEST_PACE),
    etcdClientIssuer: z.enum(ETCD_CLIENT_ISSUERS),
  })
    .changes('lab.created', ({ outage }) => ({ outage }))
    .answers<PresentLab>(),
  start: method(lab).changes('lab.started').answers<LabStatus>(),
  stop: method(lab).changes('lab.stopped').answers<LabStatus>(),
  switchOff: method(machine)
    .changes('lab.switched-off', (given) => ({ machine: given.machine }))
    .answers<LabStatus>(),
  switchOn: method(machine)
    .changes('lab.switched-on', (given) => ({ machine: given.machine }))
    .answers<LabStatus>(),
  /** Stops the lab and deletes its folder. */
  remove: method(lab).changes('lab.removed').answers<KnownLab[]>(),
  /** Leaves the folder as it is. */
  forget: method(lab).reads().answers<KnownLab[]>(),
  import: method(lab).changes('inventory.imported').answers<ImportReport>(),
  /** Returns the last lines of a machine’s log; empty before its first start. */
  readLog: method(machine).reads().answers<{ text: string }>(),
  /** Shows the folder in the file manager of the system. */
  showFolder: method(lab).reads().answers<null>(),
};

export type LabApi = Calls<typeof LAB_METHODS>;

export interface LabEvents {
  making: { made: number; total: number };
}
