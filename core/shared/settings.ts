/** Everything that the admin has set: each feature adds its own settings in its model. */
export interface Settings {}
