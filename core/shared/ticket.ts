/** Stands for a path that main keeps. Opaque, random, good for one call. */
export type FileTicket = string & { readonly brand: 'FileTicket' };
