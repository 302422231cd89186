/** Each feature declares its own settings in its model. */
export interface Settings {}
