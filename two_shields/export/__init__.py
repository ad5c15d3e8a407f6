"""What readers take away: files, citations, pictures."""
