"""Words: dates, numbers and lists as readers write them."""
