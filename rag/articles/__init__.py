"""Articles in: readers of files, their metadata, and what on a page is not the article."""
