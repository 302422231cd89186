/* Runs perform the commands of a plan on the host of a lab. */

export { LabFailure, LabHost, type LabHostPorts } from './host/lab-host.ts';
