/** Stands for a path known only to the main process. Opaque, random, good for one call. */
export type FileTicket = string & { readonly brand: 'FileTicket' };
