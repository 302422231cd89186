import { z } from 'zod';
import type { ImportReport } from '../inventory/contract.ts';
import { method, type Calls } from '../shared/contract/method.ts';
import { textLike } from '../shared/contract/schemas.ts';
import { ETCD_CLIENT_ISSUERS, FASTEST_PACE, LAB_OUTAGES, type LabStatus } from './model/lab.ts';

/** The name of a lab’s folder in the data folder. */
const labName = textLike<string>(/^[a-z0-9-]{1,40}$/u);
const machine = textLike<string>(/^[a-z0-9-]{1,80}$/u);
const lab = { lab: labName };
const facts = ({ lab: subject }: { lab: string }) => ({ subject });
const machineFacts = (given: { lab: string; machine: string }) => ({ subject: given.lab, machine: given.machine });

export interface LabListing {
  labs: { name: string; status: LabStatus }[];
  /** Names of folders whose description cannot be read. */
  damaged: string[];
}

/** The labs in the data folder. Machines that the window has started end with it. */
export const LAB_METHODS = {
  list: method().reads().answers<LabListing>(),
  create: method({
    outage: z.enum(LAB_OUTAGES).optional(),
    pace: z.int().min(1).max(FASTEST_PACE),
    etcdClientIssuer: z.enum(ETCD_CLIENT_ISSUERS),
  })
    .changes('lab.created', ({ outage }) => ({ subject: outage ?? '' }))
    .answers<LabListing>(),
  start: method(lab).changes('lab.started', facts).answers<LabListing>(),
  stop: method(lab).changes('lab.stopped', facts).answers<LabListing>(),
  switchOff: method({ ...lab, machine })
    .changes('lab.switched-off', machineFacts)
    .answers<LabListing>(),
  switchOn: method({ ...lab, machine })
    .changes('lab.switched-on', machineFacts)
    .answers<LabListing>(),
  remove: method(lab).changes('lab.removed', facts).answers<LabListing>(),
  import: method(lab).changes('inventory.imported', facts).answers<ImportReport>(),
  /** Returns the last lines of a machine’s log. */
  readLog: method({ ...lab, machine })
    .reads()
    .answers<{ text: string }>(),
};

export type LabApi = Calls<typeof LAB_METHODS>;
export interface LabEvents {
  making: { made: number; total: number };
}
