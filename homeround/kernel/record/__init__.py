"""How the record is written: kept rows, corrections, actions sent once, references, NHS numbers, words, drafts."""
