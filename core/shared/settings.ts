/** All settings of the admin: each feature declares its own in its model. */
export interface Settings {}
