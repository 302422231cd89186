/** Names of the messages between main and preload; both sides derive them from the contract. */
export const callChannel = (feature: string, method: string): string => `call:${feature}.${method}`;
export const eventChannel = (feature: string, event: string): string => `event:${feature}.${event}`;

/**
 * The only message outside the contract: it turns the paths of dropped files, which only the preload can see, into
 * tickets.
 */
export const DROP_CHANNEL = 'drop:paths';
