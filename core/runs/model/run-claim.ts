/** Begins the name of every claim of a run in a shared store; the name of the cluster follows. */
export const RUN_CLAIM = 'run/';
