import { loadLanguages } from '../../core/shared/text/text.ts';

// Tests ask for texts of any language; which of them a program loads is looked at in programs that were built.
await loadLanguages();
