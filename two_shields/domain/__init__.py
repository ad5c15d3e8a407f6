"""What the record means: who is a member, who buys, what a search finds."""
