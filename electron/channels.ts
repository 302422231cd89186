/** Names of the messages between main and preload. Every method of the contract goes through the first. */
export const CALL_CHANNEL = 'call';

/** Asks for the next lines of a long answer, by its number. */
export const LINES_CHANNEL = 'lines';
export const eventChannel = (event: string): string => `event:${event}`;

/**
 * The only message outside the contract: it turns the paths of dropped files, which only the preload can see, into
 * tickets.
 */
export const DROP_CHANNEL = 'drop:paths';
