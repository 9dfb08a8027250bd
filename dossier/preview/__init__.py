"""The live preview: a page on this computer with the book beside what is said of it, new a moment after a file is saved."""
