"""What is known about writing Chinese: folding, numerals, money, dates. No knowledge of the genre."""
