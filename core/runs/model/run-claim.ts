/** Begins the name of every claim of a run in a shared store; the id of the cluster follows, or its name if the inventory does not have it. */
export const RUN_CLAIM = 'run/';
