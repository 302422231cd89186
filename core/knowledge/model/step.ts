/* Places and risks of the steps of a remedy. */

/** Machines of a cluster, reached by SSH from the host: one of them, or all in turn. */
export type MachinePlace = 'control-plane' | 'every-control-plane' | 'every-worker';

/** The kind of machine for a step; the catalogue knows it before any cluster is known. */
export type StepPlace = 'host' | 'every-host' | 'workstation' | MachinePlace;

/**
 * `none`: only reads. `low`: can be repeated. `disruptive`: something is unavailable for a while. `dangerous`: may lose
 * a cluster.
 */
export const STEP_RISKS = ['none', 'low', 'disruptive', 'dangerous'] as const;
export type StepRisk = (typeof STEP_RISKS)[number];
