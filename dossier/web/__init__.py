"""The site: pages, calendars and newsfeed from the same data as the book."""
