/** A field whose content exists only in the page; it is read at the moment it is needed. */
export interface SecretField {
  read: () => string;
  clear: () => void;
  focus: () => void;
}
