/** Names of the messages between main and preload; both sides build them from the contract's lists. */
export const callChannel = (feature: string, method: string): string => `call:${feature}.${method}`;
export const eventChannel = (feature: string, event: string): string => `event:${feature}.${event}`;

/** The one message outside the contract: paths of dropped files, which only the preload can see, become tickets. */
export const DROP_CHANNEL = 'drop:paths';
