/** Machines of a cluster that the host reaches by SSH: one of them, or each one after the other. */
export type MachinePlace = 'control-plane' | 'every-control-plane' | 'every-worker';

/** The kind of machine on which a step runs, before any cluster is known. */
export type StepPlace = 'host' | 'every-host' | 'workstation' | MachinePlace;

/**
 * `none`: only reads. `low`: can be repeated. `disruptive`: something is unavailable for a while. `dangerous`: a
 * cluster may be lost.
 */
export const STEP_RISKS = ['none', 'low', 'disruptive', 'dangerous'] as const;
export type StepRisk = (typeof STEP_RISKS)[number];

export const SSH = 'ssh -i (Get-MocConfig).sshPrivateKey clouduser@<control-plane-ip>';
/** Two pages omit the backslash before `.wssd`, so that PowerShell reads `.wssd` as a property. */
export const KVACTL_FILE = '$env:UserProfile\\.wssd\\kvactl\\cloudconfig';
